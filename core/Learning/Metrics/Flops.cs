using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Metrics;

/// <summary>
/// Theoretical cost of a forward pass over one example: multiply-adds of convolutions and linear layers, as ShrinkBench counts
/// them (Blalock et al. 2020, arXiv 2003.03033). Biases, norms, activations and pooling are not counted.
/// </summary>
/// <param name="Dense">With every weight.</param>
/// <param name="Sparse">With every weight that is not zero.</param>
internal sealed record Flops(long Dense, long Sparse)
{
    /// <summary>Sends one example of zeros through the network and looks at each layer's output.</summary>
    public static Flops Of(torch.nn.Module<torch.Tensor, torch.Tensor> network, Data.InputShape input)
    {
        var counts = new List<Flops>();
        var hooks = network.modules().Select(m => Watch(m, counts)).OfType<Action>().ToList();
        network.eval();
        using (torch.no_grad())
        using (torch.NewDisposeScope())
            network.call(torch.zeros(1, input.Channels, input.Height, input.Width));
        hooks.ForEach(remove => remove());
        return new Flops(counts.Sum(c => c.Dense), counts.Sum(c => c.Sparse));
    }

    private static Action? Watch(torch.nn.Module module, List<Flops> counts) => module switch
    {
        Linear or Conv1d or Conv2d or Conv3d when module is torch.nn.Module<torch.Tensor, torch.Tensor> layer =>
            layer.register_forward_hook((_, _, output) => Count(layer, output, counts)).remove,
        _ => null,
    };

    /// <summary>Each output channel holds output.numel / channels positions, and each position takes every weight of its channel once.</summary>
    private static torch.Tensor Count(torch.nn.Module layer, torch.Tensor output, List<Flops> counts)
    {
        var weight = layer.get_parameter("weight")!;
        var positions = output.numel() / weight.shape[0];
        counts.Add(new Flops(weight.numel() * positions, MemoryMarshal.Read<long>(weight.count_nonzero().bytes) * positions));
        return output;
    }
}
