using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Models;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Calibration;

/// <summary>Sums over what comes into one layer, as rows of the matrix that its weights are multiplied with.</summary>
internal sealed class LayerInputs
{
    private readonly string _weights;
    private readonly torch.Tensor _sums;
    private readonly torch.Tensor _squares;
    private readonly torch.Tensor? _products;
    private readonly Action _unhook;

    private LayerInputs(string weights, torch.nn.Module<torch.Tensor, torch.Tensor> layer, bool products)
    {
        var shape = layer.get_parameter("weight")!.shape;
        var inputs = shape.Skip(1).Aggregate(1L, (a, b) => a * b);
        _weights = weights;
        _sums = torch.zeros(inputs, torch.float64);
        _squares = torch.zeros(inputs, torch.float64);
        _products = products ? torch.zeros(inputs, inputs, torch.float64) : null;
        _unhook = layer.register_forward_hook((_, input, output) =>
        {
            Add(Rows(layer, input));
            return output;
        }).remove;
    }

    /// <summary>Rows seen so far.</summary>
    public long Count { get; private set; }

    /// <summary>Watches a layer; null for modules that multiply no inputs with a matrix, and for convolutions in groups or with other borders than zeros.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="module">The module.</param>
    /// <param name="others">Other names of tied weights, and the names they are written under.</param>
    /// <param name="products">Whether XᵀX is summed too.</param>
    public static LayerInputs? Of(string name, torch.nn.Module module, IReadOnlyDictionary<string, string> others, bool products) =>
        IsKnown(module) && module is torch.nn.Module<torch.Tensor, torch.Tensor> layer
            ? new LayerInputs(others.GetValueOrDefault($"{name}.weight", $"{name}.weight"), layer, products)
            : null;

    /// <summary>Stops watching.</summary>
    public void Unhook() => _unhook();

    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>.</exception>
    public LayerStatistics Read()
    {
        var statistics = new LayerStatistics(_weights, Count, Numbers(_sums), Numbers(_squares), _products is null ? null : Numbers(_products));
        return Array.TrueForAll(statistics.Squares, double.IsFinite) ? statistics : throw new DomainException(
            FailureCodes.NotFinite,
            $"What comes into the layer of '{_weights}' is not finite on the sample.",
            "Use a checkpoint of a training that has not diverged.");
    }

    private static bool IsKnown(torch.nn.Module module) => module switch
    {
        LinearLayer or Linear => true,
        Conv2d convolution => convolution.groups == 1 && convolution.padding_type is null && convolution.padding_mode == PaddingModes.Zeros,
        _ => false,
    };

    private void Add(torch.Tensor rows)
    {
        using var scope = torch.NewDisposeScope();
        var wide = rows.to_type(torch.ScalarType.Float64);
        _sums.add_(wide.sum(dim: 0));
        _squares.add_(wide.mul(wide).sum(dim: 0));
        _products?.addmm_(wide.t(), wide, 1, 1);
        Count += wide.shape[0];
    }

    /// <summary>[rows, inputs]: of a convolution one row per place of its output, input channel by input channel as its weights lie.</summary>
    private static torch.Tensor Rows(torch.nn.Module layer, torch.Tensor input)
    {
        if (layer is not Conv2d convolution)
            return input.reshape(-1, input.shape[^1]);
        var (kernel, dilation) = (Pair(convolution.kernel_size), Pair(convolution.dilation));
        var patches = torch.nn.functional.unfold(input, kernel, dilation, Pair(convolution.padding), Pair(convolution.stride));
        return patches.transpose(1, 2).reshape(-1, patches.shape[1]);
    }

    private static (long, long) Pair(long[]? sizes) => sizes switch
    {
        [var both] => (both, both),
        [var first, var second] => (first, second),
        _ => throw new InvalidOperationException("A two-dimensional convolution has one or two sizes."),
    };

    private static double[] Numbers(torch.Tensor tensor)
    {
        using var flat = tensor.cpu().contiguous();
        return MemoryMarshal.Cast<byte, double>(flat.bytes).ToArray();
    }
}
