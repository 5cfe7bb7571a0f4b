using SparsePipeline.Checkpoints;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Takes the norms around a cut, one thread's share. Squares of F64 are of numbers scaled by <see cref="NormScale"/>.</summary>
/// <param name="source">The checkpoint that is pruned.</param>
/// <param name="scale">What numbers are multiplied by before they are squared.</param>
/// <param name="solved">New weights of some tensors; null when none are changed.</param>
internal sealed class NormMeasurement(StateDict source, double scale, StateDict? solved = null)
{
    private float[]? _scratch;
    private double[]? _wide;

    public CutNorms Of(TensorInfo tensor, Chunk chunk, TensorMask? mask)
    {
        var norms = default(CutNorms);
        foreach (var block in chunk.Blocks())
        {
            var words = mask is null ? [] : mask.Words[(int)(block.Start / 64)..];
            norms += solved?.Find(tensor.Name) is not null ? OfSolved(tensor, block, words)
                : scale != 1 || tensor.Type == TensorType.F64 ? OfWide(tensor, block, words) : Of(tensor, block, words);
        }

        return norms;
    }

    private CutNorms OfSolved(TensorInfo tensor, Chunk block, ReadOnlySpan<ulong> words)
    {
        _wide ??= new double[2 * Chunk.Block];
        var before = _wide.AsSpan(0, block.Count);
        var after = _wide.AsSpan(Chunk.Block, block.Count);
        source.ReadDoubles(tensor.Name, block.Start, before);
        solved!.ReadDoubles(tensor.Name, block.Start, after);
        MaskedFill.Where0(after, words, 0);
        var norm = WideDistance.FromOrigin(before, scale);
        return new CutNorms(norm, norm - WideDistance.FromOrigin(after, scale));
    }

    private CutNorms Of(TensorInfo tensor, Chunk block, ReadOnlySpan<ulong> words)
    {
        _scratch ??= new float[2 * Chunk.Block];
        var before = _scratch.AsSpan(0, block.Count);
        var after = _scratch.AsSpan(Chunk.Block, block.Count);
        source.ReadFloats(tensor.Name, block.Start, before);
        before.CopyTo(after);
        if (!words.IsEmpty)
            MaskedFill.Where0(after, words, 0);
        return new CutNorms(SquaredDistance.FromOrigin(before), SquaredDistance.Between(before, after));
    }

    private CutNorms OfWide(TensorInfo tensor, Chunk block, ReadOnlySpan<ulong> words)
    {
        _wide ??= new double[2 * Chunk.Block];
        var before = _wide.AsSpan(0, block.Count);
        var after = _wide.AsSpan(Chunk.Block, block.Count);
        source.ReadDoubles(tensor.Name, block.Start, before);
        before.CopyTo(after);
        if (!words.IsEmpty)
            MaskedFill.Where0(after, words, 0);
        return new CutNorms(WideDistance.FromOrigin(before, scale), WideDistance.Between(before, after, scale));
    }
}
