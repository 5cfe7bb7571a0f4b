using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Models;

/// <summary>State dict: <c>encoder.i.weight</c> [out, in], <c>encoder.i.bias</c> [out], and <c>decoder.i</c> alike.</summary>
/// <remarks>The code is linear (Hinton, Salakhutdinov 2006), and all layers are trained together from the start.</remarks>
internal sealed class AutoencoderNetwork : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly ModuleList<LinearLayer> encoder;
    private readonly ModuleList<LinearLayer> decoder;

    public AutoencoderNetwork(int inputs, int[] hidden, int code, int outputs)
        : base(nameof(AutoencoderNetwork))
    {
        encoder = Layers([inputs, .. hidden, code]);
        decoder = Layers([code, .. hidden.Reverse(), outputs]);
        RegisterComponents();
    }

    public override torch.Tensor forward(torch.Tensor input) => Through(decoder, Through(encoder, input.flatten(1)));

    private static ModuleList<LinearLayer> Layers(int[] widths) => new([.. widths.Zip(widths.Skip(1), (from, to) => new LinearLayer(from, to))]);

    private static torch.Tensor Through(ModuleList<LinearLayer> layers, torch.Tensor x)
    {
        for (var i = 0; i < layers.Count; i++)
            x = i + 1 < layers.Count ? layers[i].call(x).relu_() : layers[i].call(x);
        return x;
    }
}
