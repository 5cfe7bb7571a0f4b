using SparsePipeline.Checkpoints;

namespace SparsePipeline.Cli.Files;

/// <summary>Copies a state dict, of whatever number of shards, into one file, in pieces.</summary>
internal static class WholeCopy
{
    private const int Piece = 1 << 26;

    public static void Write(StateDict source, string output)
    {
        using var writer = StateDictWriter.Create(output, source.Tensors, source.Metadata.ToDictionary());
        foreach (var tensor in source.Tensors)
            for (var offset = 0L; offset < tensor.ByteLength; offset += Piece)
            {
                var length = (int)Math.Min(Piece, tensor.ByteLength - offset);
                source.Bytes(tensor.Name, offset, length).CopyTo(writer.Bytes(tensor.Name, offset, length));
            }

        writer.Complete();
    }
}
