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
    public static CutNorms Write(StateDict source, SparsityMask mask, string path, int threads) =>
        Write(source, mask, new CheckpointTarget(path), threads);

    /// <inheritdoc cref="Write(StateDict, SparsityMask, string, int)"/>
    public static CutNorms Write(StateDict source, SparsityMask mask, CheckpointTarget target, int threads) => Write(source, mask, target, threads, solved: null);

    /// <summary>As the others; tensors that were solved get their new weights.</summary>
    /// <inheritdoc cref="Write(StateDict, SparsityMask, string, int)"/>
    public static CutNorms Write(StateDict source, SparsityMask mask, CheckpointTarget target, int threads, StateDict? solved)
    {
        using var writer = target.Create(source.Tensors, CheckpointOrigin.Without(source.Metadata));
        var scale = NormScale.Of([source], threads);
        var chunks = Chunk.Split(source.Tensors.Select((t, i) => (i, t.Units)));
        var norms = new CutNorms[chunks.Length];
        Workers.RunIndexed(chunks, threads, () => new NormMeasurement(source, scale, solved), (index, measurement) =>
        {
            var tensor = source.Tensors[chunks[index].Tensor];
            var tensorMask = mask.Find(tensor.Name);
            if (solved?.Find(tensor.Name) is { } changed)
                TensorCopy.Convert(solved, writer, changed, chunks[index].Start, chunks[index].Count, tensorMask);
            else
                Copy(source, writer, tensor, chunks[index], tensorMask);
            if (Parameters.Includes(tensor))
                norms[index] = measurement.Of(tensor, chunks[index], tensorMask);
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
        if (writer.Find(tensor.Name)!.Type != tensor.Type)
        {
            TensorCopy.Convert(source, writer, tensor, chunk.Start, chunk.Count, mask);
            return;
        }

        var size = tensor.IsFloat ? tensor.Type.ByteSize() : 1;
        var target = writer.Bytes(tensor.Name, chunk.Start * size, chunk.Count * size);
        source.Bytes(tensor.Name, chunk.Start * size, chunk.Count * size).CopyTo(target);
        if (mask is null)
            return;
        var words = mask.Words[(int)(chunk.Start / 64)..];
        if (tensor.Type == TensorType.F32)
            MaskedFill.Where0(MemoryMarshal.Cast<byte, float>(target), words, 0);
        else
            PrunedElements.Clear(size, target, words);
    }
}
