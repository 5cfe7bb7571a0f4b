namespace SparsePipeline.Checkpoints;

/// <summary>Copies a tensor between files bit by bit, in pieces.</summary>
internal static class TensorCopy
{
    private const int Piece = 1 << 20;

    public static void Run(StateDict source, StateDictWriter target, TensorInfo tensor)
    {
        var size = tensor.Type.ByteSize();
        foreach (var (start, count) in TensorPieces.Of(tensor.Count, Piece / size))
        {
            target.WriteBytes(tensor.Name, start * size, source.Bytes(tensor.Name, start * size, count * size));
            source.Release(tensor.Name, start, count);
        }
    }
}
