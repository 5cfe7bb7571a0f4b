using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Models.TorchScript;
using SparsePipeline.Learning.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Shows the layers that hold most of a network's multiply-adds, one after the other.</summary>
public static class LayerCapture
{
    /// <param name="checkpoint">Safetensors file.</param>
    /// <param name="model">Its architecture.</param>
    /// <param name="data">The data set, loaded; the first test examples are sent through the network.</param>
    /// <param name="batch">How many, at least 1; they are repeated when there are fewer.</param>
    /// <param name="look">Gets every layer in the order of their first use, and the share of them that it has got.</param>
    /// <exception cref="DomainException">The checkpoint is corrupt, not finite or does not fit, or the model is a script.</exception>
    public static void ForEach(string checkpoint, ModelSpec model, DataSplits data, int batch, Action<CapturedLayer, double> look)
    {
        if (model.Name == TorchScriptArchitecture.Name)
            throw new DomainException(
                FailureCodes.InvalidModel,
                "Model torchscript shows no layers: libtorch runs a script as a whole.",
                "Leave its latency out (evaluation.latencyBatch, --latency, bench-model).");
        using var network = Networks.Load(model, data, checkpoint);
        network.eval();
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var layers = new List<CapturedLayer>();
        var hooks = network.named_modules().Select(m => Watch(m.name, m.module, layers)).OfType<Action>().ToList();
        int[] examples = [.. Enumerable.Range(0, batch).Select(i => i % data.Test.Count)];
        network.call(new BatchReader(data.Test, data).Read(examples).Inputs);
        hooks.ForEach(remove => remove());
        for (var i = 0; i < layers.Count; i++)
            look(layers[i], i / (double)layers.Count);
    }

    private static Action? Watch(string name, torch.nn.Module module, List<CapturedLayer> layers) => module switch
    {
        LinearLayer or Conv2d when module is torch.nn.Module<torch.Tensor, torch.Tensor> layer => layer.register_forward_hook((_, input, output) =>
        {
            layers.Add(Capture(name, layer, input, output));
            return output;
        }).remove,
        _ => null,
    };

    private static CapturedLayer Capture(string name, torch.nn.Module<torch.Tensor, torch.Tensor> layer, torch.Tensor input, torch.Tensor output)
    {
        var (weight, bias) = (layer.get_parameter("weight")!, layer.get_parameter("bias"));
        var numbers = Numbers(input);
        return new CapturedLayer
        {
            Name = name,
            WeightShape = weight.shape,
            Weights = Numbers(weight),
            Bias = bias is null ? [] : Numbers(bias),
            InputShape = input.shape,
            Inputs = numbers,
            Outputs = Numbers(output),
            Steps = layer is Conv2d convolution ? StepsOf(convolution) : null,
            // The network may free its own tensors as it goes.
            RunDense = Dense(layer, numbers, input.shape, isByPixel: input.dim() == 4 && input.stride(1) == 1),
        };
    }

    /// <summary>In the layout it has inside the network, which libtorch would else have to make for every call.</summary>
    private static Action Dense(torch.nn.Module<torch.Tensor, torch.Tensor> layer, float[] inputs, long[] shape, bool isByPixel)
    {
        var tensor = new Lazy<torch.Tensor>(() => torch.tensor(inputs, shape) is var plain && isByPixel
            ? plain.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)
            : plain);
        return () => layer.call(tensor.Value).Dispose();
    }

    private static (int Stride, int Padding)? StepsOf(Conv2d layer) =>
        IsEven(layer.kernel_size) && IsEven(layer.stride) && IsEven(layer.padding) && layer.dilation.All(d => d == 1) && layer.groups == 1
            && layer.padding_type is null && layer.padding_mode == PaddingModes.Zeros
            ? ((int)layer.stride[0], (int)layer.padding![0])
            : null;

    private static bool IsEven(long[]? sizes) => sizes?.Distinct().Count() == 1;

    private static float[] Numbers(torch.Tensor tensor)
    {
        using var flat = tensor.contiguous();
        return HostMemory.Values<float>(flat).ToArray();
    }
}
