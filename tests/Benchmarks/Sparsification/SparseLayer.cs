using System.Runtime.InteropServices;
using SparsePipeline.Sparsification.Inference;
using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>One pruned layer of 1024 × 1024 as we hold it and as torch does, with a batch.</summary>
internal sealed class SparseLayer : IDisposable
{
    private const int Size = 1024;

    // TorchSharp has no call for it, its compiler has.
    private static readonly Lazy<torch.jit.CompilationUnit> Conversions =
        new(() => torch.jit.compile("def to_csr(weights: Tensor) -> Tensor:\n    return weights.to_sparse_csr()\n"));

    private readonly SparseLinear _layer;
    private readonly torch.Tensor _outputs;
    private readonly torch.Tensor _weights;
    private readonly torch.Tensor _bias;
    private readonly torch.Tensor _batch;
    private readonly torch.Tensor _csr;
    private readonly torch.Tensor _batchColumns;
    private readonly torch.Tensor _halfWeights;
    private readonly torch.Tensor _halfBias;
    private readonly torch.Tensor _halfBatch;

    public SparseLayer(double sparsity, int batch)
    {
        var random = new Random(1);
        float Number() => (2 * random.NextSingle()) - 1;
        float[] weights = [.. Enumerable.Range(0, Size * Size).Select(_ => random.NextDouble() < sparsity ? 0 : Number())];
        float[] bias = [.. Enumerable.Range(0, Size).Select(_ => Number())];
        _outputs = torch.empty(batch, Size);
        _layer = SparseLinear.Pack(weights, Size, Size, bias);
        _weights = torch.tensor(weights, [Size, Size]);
        _bias = torch.tensor(bias);
        _batch = torch.tensor([.. Enumerable.Range(0, batch * Size).Select(_ => Number())], [batch, Size]);
        _batchColumns = _batch.t().contiguous();
        _csr = (torch.Tensor)Conversions.Value.invoke("to_csr", _weights);
        (_halfWeights, _halfBias, _halfBatch) = (_weights.bfloat16(), _bias.bfloat16(), _batch.bfloat16());
    }

    /// <summary>On torch's memory, which is where a network has its numbers.</summary>
    public void Ours(int threads) => _layer.Apply(Numbers(_batch), Numbers(_outputs), threads);

    public void Dense() => torch.nn.functional.linear(_batch, _weights, _bias).Dispose();

    public void DenseHalf() => torch.nn.functional.linear(_halfBatch, _halfWeights, _halfBias).Dispose();

    /// <summary>The bare product, with the batch already turned as torch wants it, and without the bias.</summary>
    public void Csr() => torch.mm(_csr, _batchColumns).Dispose();

    /// <summary>A figure is worth nothing when the results differ.</summary>
    public void Check()
    {
        Ours(1);
        using var dense = torch.nn.functional.linear(_batch, _weights, _bias);
        using var sparse = torch.mm(_csr, _batchColumns).add_(_bias.unsqueeze(1)).t().contiguous();
        Check(Numbers(dense));
        Check(Numbers(sparse));
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { _outputs, _weights, _bias, _batch, _batchColumns, _csr, _halfWeights, _halfBias, _halfBatch })
            tensor.Dispose();
    }

    private static Span<float> Numbers(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private void Check(ReadOnlySpan<float> theirs)
    {
        var ours = Numbers(_outputs);
        for (var i = 0; i < theirs.Length; i++)
            if (!(Math.Abs(theirs[i] - ours[i]) <= 1e-4))
                throw new InvalidOperationException($"Output {i} is {ours[i]} here and {theirs[i]} in torch.");
    }
}
