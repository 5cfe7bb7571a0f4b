namespace SparsePipeline.Checkpoints;

/// <summary>Copies tensors between files in pieces: bit by bit where types agree, converted where they do not.</summary>
public static class TensorCopy
{
    private const int Piece = 1 << 20;

    /// <summary>Copies a run of elements; what the mask prunes is +0 in the copy.</summary>
    /// <param name="source">Has the tensor.</param>
    /// <param name="target">Has it too, perhaps in another floating-point type.</param>
    /// <param name="tensor">The tensor in the source.</param>
    /// <param name="start">Flat index of the first element, a multiple of 64.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="mask">Its mask; null prunes nothing.</param>
    /// <exception cref="Contracts.DomainException"><see cref="Contracts.FailureCodes.NotFinite"/>: an element is too large for its new type.</exception>
    public static void Convert(StateDict source, StateDictWriter target, TensorInfo tensor, long start, int count, TensorMask? mask)
    {
        var values = new double[Math.Min(count, TensorPieces.Size / 8)];
        for (var done = 0; done < count; done += values.Length)
        {
            var piece = values.AsSpan(0, Math.Min(values.Length, count - done));
            source.ReadDoubles(tensor.Name, start + done, piece);
            if (mask is not null)
                PrunedElements.Clear(piece, mask.Words[(int)((start + done) / 64)..]);
            target.WriteDoubles(tensor.Name, start + done, piece);
        }
    }

    internal static void Run(StateDict source, StateDictWriter target, TensorInfo tensor, TensorMask? mask = null)
    {
        if (!tensor.IsFloat)
        {
            Carry(source, target, tensor);
            return;
        }

        var size = tensor.Type.ByteSize();
        var changes = target.Find(tensor.Name)!.Type != tensor.Type;
        foreach (var (start, count) in TensorPieces.Of(tensor.Count, Piece / size))
        {
            if (changes)
                Convert(source, target, tensor, start, count, mask);
            else
                Copy(source.Bytes(tensor.Name, start * size, count * size), target, tensor, start, mask);
            source.Release(tensor.Name, start, count);
        }
    }

    // Elements of some types share bytes, and none of these has a mask.
    private static void Carry(StateDict source, StateDictWriter target, TensorInfo tensor)
    {
        foreach (var (start, count) in TensorPieces.Of(tensor.ByteLength, Piece))
        {
            target.WriteBytes(tensor.Name, start, source.Bytes(tensor.Name, start, count));
            source.ReleaseBytes(tensor.Name, start, count);
        }
    }

    private static void Copy(ReadOnlySpan<byte> elements, StateDictWriter target, TensorInfo tensor, long start, TensorMask? mask)
    {
        var size = tensor.Type.ByteSize();
        if (mask is null)
        {
            target.WriteBytes(tensor.Name, start * size, elements);
            return;
        }

        var copy = target.Bytes(tensor.Name, start * size, elements.Length);
        elements.CopyTo(copy);
        PrunedElements.Clear(size, copy, mask.Words[(int)(start / 64)..]);
    }
}
