using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Models.TorchScript;
using SparsePipeline.Learning.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Metrics;

/// <summary>
/// Theoretical cost of a forward pass over one example: multiply-adds of convolutions and linear layers, as ShrinkBench counts
/// them (Blalock et al. 2020, arXiv 2003.03033), and those between activations in attention, which no zero weight saves.
/// Biases, norms, softmax, activations and pooling are not counted.
/// </summary>
/// <param name="Dense">With every weight.</param>
/// <param name="Sparse">With every weight that is not zero.</param>
internal sealed record Flops(long Dense, long Sparse)
{
    /// <summary>Sends one example of zeros through the network and looks at each layer's output; null for a script, whose layers are out of sight.</summary>
    public static Flops? Of(torch.nn.Module<torch.Tensor, torch.Tensor> network, InputShape input)
    {
        if (network is TorchScriptNetwork)
            return null;
        var counts = new List<Flops>();
        var hooks = network.modules().Select(m => Watch(m, counts)).OfType<Action>().ToList();
        network.eval();
        using (torch.no_grad())
        using (torch.NewDisposeScope())
            network.call(Zeros(input));
        hooks.ForEach(remove => remove());
        return new Flops(counts.Sum(c => c.Dense), counts.Sum(c => c.Sparse));
    }

    private static Action? Watch(torch.nn.Module module, List<Flops> counts) => module switch
    {
        LinearLayer or Conv1d or Conv2d or Conv3d when module is torch.nn.Module<torch.Tensor, torch.Tensor> layer =>
            layer.register_forward_hook((_, _, output) => Count(layer, output, counts)).remove,
        CausalSelfAttention attention => attention.register_forward_hook((_, _, output) => CountProducts(output, counts)).remove,
        _ => null,
    };

    private static torch.Tensor Zeros(InputShape input)
    {
        var example = BatchReader.Empty(1, input);
        example.zero_();
        return ComputeDevice.IsDevice ? example.to(ComputeDevice.Current) : example;
    }

    private static torch.Tensor CountProducts(torch.Tensor output, List<Flops> counts)
    {
        var products = CausalSelfAttention.Products(output);
        counts.Add(new Flops(products, products));
        return output;
    }

    /// <summary>Each output channel holds output.numel / channels positions, and each position takes every weight of its channel once.</summary>
    private static torch.Tensor Count(torch.nn.Module layer, torch.Tensor output, List<Flops> counts)
    {
        var weight = layer.get_parameter("weight")!;
        var positions = output.numel() / weight.shape[0];
        counts.Add(new Flops(weight.numel() * positions, HostMemory.Read<long>(weight.count_nonzero()) * positions));
        return output;
    }
}
