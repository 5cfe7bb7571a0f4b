using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Copies a checkpoint with the pruned weights set to zero, and takes the norms on the way.</summary>
internal static class PrunedCheckpoint
{
    /// <summary>Writes all tensors; returns the squared norms before the cut and of what it removed.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a parameter, prunable or not, is NaN or infinite.</exception>
    public static CutNorms Write(StateDict source, SparsityMask mask, string path, int threads)
    {
        using var writer = StateDictWriter.Create(path, source.Tensors, source.Metadata.ToDictionary());
        var chunks = Chunk.Split(source.Tensors.Select((t, i) => (i, t.Count)));
        var norms = new CutNorms[chunks.Length];
        Workers.RunIndexed(chunks, threads, () => new float[2 * Chunk.Block], (index, scratch) =>
        {
            var tensor = source.Tensors[chunks[index].Tensor];
            var tensorMask = mask.Find(tensor.Name);
            Copy(source, writer, tensor, chunks[index], tensorMask);
            if (Parameters.Includes(tensor))
                norms[index] = Measure(source, tensor, chunks[index], tensorMask, scratch);
        });
        var total = norms.Aggregate(default(CutNorms), (sum, part) => sum + part);
        // Scores need not look at weights, and biases have none; the norm has seen every parameter.
        if (!double.IsFinite(total.Before))
            source.EnsureFinite();
        writer.Complete();
        return total;
    }

    private static void Copy(StateDict source, StateDictWriter writer, TensorInfo tensor, Chunk chunk, TensorMask? mask)
    {
        var size = (int)(tensor.ByteLength / tensor.Count);
        var target = writer.Bytes(tensor.Name, chunk.Start * size, chunk.Count * size);
        source.Bytes(tensor.Name, chunk.Start * size, chunk.Count * size).CopyTo(target);
        if (mask is null)
            return;
        var words = mask.Words[(int)(chunk.Start / 64)..];
        if (tensor.Type == TensorType.F32)
            MaskedFill.Where0(MemoryMarshal.Cast<byte, float>(target), words, 0);
        else
            for (var i = 0; i < chunk.Count; i++)
                if ((words[i / 64] >> (i % 64) & 1) == 0)
                    target.Slice(i * size, size).Clear();
    }

    private static CutNorms Measure(StateDict source, TensorInfo tensor, Chunk chunk, TensorMask? mask, float[] scratch)
    {
        var norms = default(CutNorms);
        foreach (var block in chunk.Blocks())
        {
            var before = scratch.AsSpan(0, block.Count);
            var after = scratch.AsSpan(Chunk.Block, block.Count);
            source.ReadFloats(tensor.Name, block.Start, before);
            before.CopyTo(after);
            if (mask is not null)
                MaskedFill.Where0(after, mask.Words[(int)(block.Start / 64)..], 0);
            norms += new CutNorms(SquaredDistance.FromOrigin(before), SquaredDistance.Between(before, after));
        }
        return norms;
    }
}
