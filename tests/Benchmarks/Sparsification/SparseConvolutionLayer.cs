using System.Runtime.InteropServices;
using SparsePipeline.Sparsification.Inference;
using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>One pruned convolution as we hold it and as torch does, with a batch.</summary>
internal sealed class SparseConvolutionLayer : IDisposable
{
    private readonly SparseConvolution _layer;
    private readonly torch.Tensor _weights;
    private readonly torch.Tensor _bias;
    private readonly torch.Tensor _batch;
    private readonly torch.Tensor _outputs;

    public SparseConvolutionLayer(ConvolutionShape shape, double sparsity, int batch)
    {
        var random = new Random(1);
        float Number() => ((2 * random.NextSingle()) - 1) / 8;
        float[] weights = [.. Enumerable.Range(0, shape.Weights).Select(_ => random.NextDouble() < sparsity ? 0 : Number())];
        float[] bias = [.. Enumerable.Range(0, shape.Outputs).Select(_ => Number())];
        _layer = SparseConvolution.Pack(weights, shape, bias);
        _weights = torch.tensor(weights, [shape.Outputs, shape.Inputs, shape.Kernel, shape.Kernel]);
        _bias = torch.tensor(bias);
        _batch = torch.tensor(
            [.. Enumerable.Range(0, batch * shape.InputSize).Select(_ => Number())], [batch, shape.Inputs, shape.Height, shape.Width]);
        _outputs = torch.empty(batch, shape.Outputs, shape.OutputHeight, shape.OutputWidth);
    }

    public void Ours(int threads) => _layer.Apply(Numbers(_batch), Numbers(_outputs), threads);

    public void Dense() => Convolve().Dispose();

    /// <summary>A figure is worth nothing when the results differ.</summary>
    public void Check()
    {
        Ours(1);
        using var dense = Convolve();
        var theirs = Numbers(dense);
        var ours = Numbers(_outputs);
        for (var i = 0; i < theirs.Length; i++)
            if (!(Math.Abs(theirs[i] - ours[i]) <= 1e-4))
                throw new InvalidOperationException($"Output {i} is {ours[i]} here and {theirs[i]} in torch.");
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { _weights, _bias, _batch, _outputs })
            tensor.Dispose();
    }

    private torch.Tensor Convolve()
    {
        var shape = _layer.Shape;
        return torch.nn.functional.conv2d(_batch, _weights, _bias, [shape.Stride, shape.Stride], [shape.Padding, shape.Padding]);
    }

    private static Span<float> Numbers(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
