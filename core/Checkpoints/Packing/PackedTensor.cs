using System.Collections.Immutable;

namespace SparsePipeline.Checkpoints;

/// <summary>One tensor of a packed file and the rows its bitmask is cut into.</summary>
/// <param name="Dense">The tensor as it is unpacked.</param>
/// <param name="Prefix">Its name within the packed file, before the suffixes.</param>
/// <param name="Kept">Values stored.</param>
/// <param name="Rows">Rows of the bitmask; every row begins at a byte.</param>
internal sealed record PackedTensor(TensorInfo Dense, string Prefix, long Kept, long Rows)
{
    /// <summary>Elements of one row.</summary>
    public long Columns => Rows == 0 ? 0 : Dense.Count / Rows;

    public string Compressed => Prefix + PackedNames.Compressed;

    public string Bitmask => Prefix + PackedNames.Bitmask;

    public string Shape => Prefix + PackedNames.Shape;

    /// <summary>Bytes of the bitmask.</summary>
    public int BitmaskLength => checked((int)(Rows * BytesPerRow(Columns)));

    /// <summary>A tensor to be packed. The first dimension makes the rows, all others together the columns.</summary>
    public static PackedTensor Of(TensorInfo dense, long kept) =>
        new(dense, PackedNames.Prefix(dense.Name), kept, dense.Shape.Length >= 2 ? dense.Shape[0] : 1);

    public static long BytesPerRow(long columns) => (columns + 7) / 8;

    /// <summary>The tensors that hold it. The mask's part is left out where the mask is stored elsewhere.</summary>
    public IEnumerable<TensorInfo> Parts(bool withBitmask)
    {
        yield return TensorInfo.Of(Compressed, Dense.Type, Kept);
        yield return TensorInfo.Of(Shape, TensorType.I64, Dense.Shape.Length);
        if (!withBitmask)
            yield break;
        ImmutableArray<long> bits = Dense.Shape.Length >= 2 ? [Rows, BytesPerRow(Columns)] : [BytesPerRow(Columns)];
        yield return new TensorInfo(Bitmask, TensorType.U8, bits);
        yield return TensorInfo.Of(Prefix + PackedNames.RowOffsets, TensorType.I64, 0);
    }
}
