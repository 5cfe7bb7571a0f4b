using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using TorchSharp;
using TorchSharp.Modules;

namespace SparsePipeline.Learning.Calibration;

/// <summary>Sums over what comes into one layer, as rows of the matrix that its weights are multiplied with.</summary>
internal sealed class LayerInputs
{
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _layer;
    private readonly torch.Tensor _sums;
    private readonly torch.Tensor _squares;
    private readonly torch.Tensor? _products;
    private readonly torch.Tensor? _outputProducts;
    private readonly Action _unhook;

    private LayerInputs(string weights, torch.nn.Module<torch.Tensor, torch.Tensor> layer, bool products, bool outputProducts)
    {
        var shape = layer.get_parameter("weight")!.shape;
        var inputs = shape.Skip(1).Aggregate(1L, (a, b) => a * b);
        (Weights, Inputs, _layer) = (weights, checked((int)inputs), layer);
        _sums = torch.zeros(inputs, torch.float64);
        _squares = torch.zeros(inputs, torch.float64);
        _products = products ? torch.zeros(inputs, inputs, torch.float64) : null;
        Outputs = outputProducts ? checked((int)shape[0]) : 0;
        _outputProducts = outputProducts ? torch.zeros(inputs, shape[0], torch.float64) : null;
        _unhook = layer.register_forward_hook((_, input, output) =>
        {
            if (Sums || Sample is not null)
                Add(Rows(layer, input), output);
            return output;
        }).remove;
    }

    /// <summary>Name of the layer's weights.</summary>
    public string Weights { get; }

    /// <summary>Numbers in a row.</summary>
    public int Inputs { get; }

    /// <summary>Numbers in a row of what it says, where XᵀY is summed; 0 where it is not.</summary>
    public int Outputs { get; }

    /// <summary>Whether what comes is summed.</summary>
    public bool Sums { get; set; }

    /// <summary>Takes rows as they come; null for none.</summary>
    public RowSample? Sample { get; set; }

    /// <summary>Called when something has come.</summary>
    public Action<LayerInputs>? Called { get; set; }

    /// <summary>Rows summed so far.</summary>
    public long Count { get; private set; }

    /// <summary>Watches a layer; null for modules that multiply no inputs with a matrix, and for convolutions in groups or with other borders than zeros.</summary>
    /// <param name="name">Name of the module.</param>
    /// <param name="module">The module.</param>
    /// <param name="others">Other names of tied weights, and the names they are written under.</param>
    /// <param name="products">Whether XᵀX is summed too.</param>
    /// <param name="outputProducts">Whether XᵀY is summed too.</param>
    public static LayerInputs? Of(string name, torch.nn.Module module, IReadOnlyDictionary<string, string> others, bool products, bool outputProducts = false) =>
        IsKnown(module) && module is torch.nn.Module<torch.Tensor, torch.Tensor> layer
            ? new LayerInputs(others.GetValueOrDefault($"{name}.weight", $"{name}.weight"), layer, products, outputProducts)
            : null;

    /// <summary>Stops watching.</summary>
    public void Unhook() => _unhook();

    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>.</exception>
    public LayerStatistics Read()
    {
        var statistics = new LayerStatistics(Weights, Count, Numbers(_sums), Numbers(_squares), _products is null ? null : Numbers(_products))
        {
            OutputProducts = _outputProducts is null ? null : Numbers(_outputProducts),
        };
        return Array.TrueForAll(statistics.Squares, double.IsFinite) ? statistics : throw NotFinite(Weights);
    }

    /// <summary>Forgets what was summed.</summary>
    public void Reset()
    {
        _sums.zero_();
        _squares.zero_();
        _products?.zero_();
        _outputProducts?.zero_();
        Count = 0;
    }

    /// <summary>Gives the layer other weights, number by number as they lie.</summary>
    public void Replace(float[] weights) => HostMemory.Write<float>(_layer.get_parameter("weight")!, weights.CopyTo);

    /// <summary>The failure of a layer that something infinite comes into.</summary>
    public static DomainException NotFinite(string weights) => new(
        FailureCodes.NotFinite,
        $"What comes into the layer of '{weights}' is not finite on the sample.",
        "Use a checkpoint of a training that has not diverged.");

    private static bool IsKnown(torch.nn.Module module) => module switch
    {
        LinearLayer or Linear => true,
        Conv2d convolution => convolution.groups == 1 && convolution.padding_type is null && convolution.padding_mode == PaddingModes.Zeros,
        _ => false,
    };

    private void Add(torch.Tensor rows, torch.Tensor output)
    {
        using var scope = torch.NewDisposeScope();
        Called?.Invoke(this);
        Sample?.Add(rows);
        if (!Sums)
            return;
        var wide = rows.to_type(torch.ScalarType.Float64);
        _sums.add_(wide.sum(dim: 0), KeptScalars.One);
        _squares.add_(wide.mul(wide).sum(dim: 0), KeptScalars.One);
        _products?.addmm_(wide.t(), wide, 1, 1);
        _outputProducts?.addmm_(wide.t(), OutputRows(_layer, output).to_type(torch.ScalarType.Float64), 1, 1);
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

    /// <summary>[rows, outputs], in the order of <see cref="Rows"/>.</summary>
    private static torch.Tensor OutputRows(torch.nn.Module layer, torch.Tensor output) =>
        layer is Conv2d ? output.permute(0, 2, 3, 1).reshape(-1, output.shape[1]) : output.reshape(-1, output.shape[^1]);

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
