namespace SparsePipeline.Checkpoints;

/// <summary>Copies a checkpoint, of whatever number of shards, into one file.</summary>
public static class CheckpointCopy
{
    /// <summary>Copies every tensor bit by bit and the metadata; memory does not grow with the model.</summary>
    /// <param name="source">The checkpoint.</param>
    /// <param name="path">The file to write; it appears when it is complete.</param>
    public static void Write(StateDict source, string path)
    {
        using var writer = StateDictWriter.Create(path, source.Tensors, source.Metadata);
        foreach (var tensor in source.Tensors)
            TensorCopy.Run(source, writer, tensor);
        writer.Complete();
    }
}
