using static TorchSharp.torch.nn;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace SparsePipeline.Benchmarks;

/// <summary>The networks of the zoo, written with the library's modules as its examples do.</summary>
internal static class PlainNetworks
{
    private static readonly int[] Vgg11 = [1, 1, 2, 2, 2];
    private static readonly int[] Vgg16 = [2, 2, 3, 3, 3];

    public static Layer Build(StepCase work)
    {
        var (inputs, classes) = (work.Shape.Channels, work.Classes);
        return work.Model switch
        {
            "mlp" => Sequential(Flatten(), Linear(784, 128), ReLU(), Linear(128, 64), ReLU(), Linear(64, classes)),
            "lenet5" => Sequential(
                Conv2d(1, 6, 5, padding: 2), ReLU(), MaxPool2d(2), Conv2d(6, 16, 5), ReLU(), MaxPool2d(2), Flatten(),
                Linear(400, 120), ReLU(), Linear(120, 84), ReLU(), Linear(84, classes)),
            "cnn" => Sequential(
                Conv(1, 32), BatchNorm2d(32), ReLU(), MaxPool2d(2), Conv(32, 64), BatchNorm2d(64), ReLU(), MaxPool2d(2), Flatten(),
                Linear(3136, 128), ReLU(), Linear(128, classes)),
            "resnet20" => ResNet(inputs, 16, [16, 32, 64], 3, projected: false, classes),
            "resnet18" => ResNet(inputs, 64, [64, 128, 256, 512], 2, projected: true, classes),
            "vgg11" => Vgg(inputs, Vgg11, classes),
            "vgg16" => Vgg(inputs, Vgg16, classes),
            "wide-resnet" => WideResNet(inputs, classes),
            "gpt" => new PlainGpt(classes, work.Shape.Size, layers: 4, heads: 4, width: 128),
            _ => throw new ArgumentException($"There is no plain {work.Model}.", nameof(work)),
        };
    }

    public static Layer Conv(int inputs, int outputs, int stride = 1) => Conv2d(inputs, outputs, 3, stride: stride, padding: 1, bias: false);

    private static Layer ResNet(int inputs, int stem, int[] widths, int blocks, bool projected, int classes)
    {
        List<Layer> layers = [Conv(inputs, stem), BatchNorm2d(stem), ReLU()];
        var width = stem;
        foreach (var next in widths)
            for (var block = 0; block < blocks; block++, width = next)
                layers.Add(new PlainResidual(width, next, projected));
        return Sequential([.. layers, AdaptiveAvgPool2d(1), Flatten(), Linear(width, classes)]);
    }

    private static Layer Vgg(int inputs, int[] stages, int classes)
    {
        var layers = new List<Layer>();
        for (var stage = 0; stage < stages.Length; stage++)
        {
            var width = 64 << Math.Min(stage, 3);
            for (var i = 0; i < stages[stage]; i++, inputs = width)
                layers.AddRange([Conv2d(inputs, width, 3, padding: 1), BatchNorm2d(width), ReLU()]);
            layers.Add(MaxPool2d(2));
        }
        return Sequential([.. layers, AdaptiveAvgPool2d(1), Flatten(), Linear(inputs, classes)]);
    }

    /// <summary>WRN-16-4.</summary>
    private static Layer WideResNet(int inputs, int classes)
    {
        List<Layer> layers = [Conv(inputs, 16)];
        var width = 16;
        foreach (var next in (int[])[64, 128, 256])
            for (var block = 0; block < 2; block++, width = next)
                layers.Add(new PlainWideBlock(width, next));
        return Sequential([.. layers, BatchNorm2d(width), ReLU(), AdaptiveAvgPool2d(1), Flatten(), Linear(width, classes)]);
    }
}
