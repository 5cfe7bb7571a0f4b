namespace SparsePipeline.Checkpoints;

/// <summary>Copies a checkpoint, of whatever number of shards, into one file or into files like its own.</summary>
public static class CheckpointCopy
{
    /// <summary>Copies every tensor bit by bit and the metadata; memory does not grow with the model.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="path">The file to write; it appears when it is complete.</param>
    public static void Write(StateDict source, string path) => Write(source, new CheckpointTarget(path));

    /// <summary>As the other; a tensor that gets another type is rounded to nearest, ties to even.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="target">Where, and as what.</param>
    /// <param name="mask">What it prunes must be zero and is +0 in the copy; null checks nothing.</param>
    /// <exception cref="Contracts.DomainException">
    /// <see cref="Contracts.FailureCodes.MaskMismatch"/>: a pruned element is not zero; <see cref="Contracts.FailureCodes.NotFinite"/>: an element
    /// is too large for its new type.
    /// </exception>
    public static void Write(StateDict source, CheckpointTarget target, SparsityMask? mask = null)
    {
        if (mask is not null)
            ZeroCheck.Ensure(source, mask);
        using var writer = target.Create(source.Tensors, CheckpointOrigin.Add(source.Metadata, target.Origin));
        foreach (var tensor in source.Tensors)
            TensorCopy.Run(source, writer, tensor, mask?.Find(tensor.Name));
        writer.Complete();
    }
}
