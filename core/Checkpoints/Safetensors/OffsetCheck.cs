using System.Collections.Immutable;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Tensors must tile the data exactly: in range, as long as type and shape say, without overlap, gap or rest.</summary>
internal static class OffsetCheck
{
    /// <summary>Validated tensors in ordinal name order.</summary>
    /// <exception cref="DomainException">The first tensor, in the order of offsets, that breaks the rule.</exception>
    public static List<PlacedTensor> Place(string path, IReadOnlyDictionary<string, HeaderEntry> entries, long dataStart, long fileLength)
    {
        var placed = new List<PlacedTensor>(entries.Count);
        var end = dataStart;
        foreach (var (name, entry) in entries.OrderBy(e => Begin(e.Value)).ThenBy(e => End(e.Value)))
        {
            var tensor = Check(path, name, entry, fileLength - dataStart);
            var begin = dataStart + entry.Offsets[0];
            if (begin != end)
            {
                throw CorruptFile.Because(
                    path,
                    $"tensor {CorruptFile.Quote(name)} data_offsets begin at {entry.Offsets[0]}, expected {end - dataStart}: "
                    + $"tensors {(begin < end ? "overlap" : "leave a gap")}.");
            }


            placed.Add(new PlacedTensor(tensor, begin));
            end += tensor.ByteLength;
        }

        if (end != fileLength)
            throw CorruptFile.Because(path, $"{fileLength - end} bytes after the last tensor belong to none.");
        placed.Sort((a, b) => string.CompareOrdinal(a.Info.Name, b.Info.Name));
        return placed;
    }

    private static TensorInfo Check(string path, string name, HeaderEntry entry, long dataLength)
    {
        var tensor = $"tensor {CorruptFile.Quote(name)}";
        if (entry.Type is null || entry.Shape.IsDefault || entry.Offsets.IsDefault)
            throw CorruptFile.Because(path, $"{tensor} lacks dtype, shape or data_offsets.");
        if (!TensorTypes.TryParse(entry.Type, out var type) && !TensorTypes.CouldBe(entry.Type))
            throw CorruptFile.Because(path, $"{tensor} has dtype {CorruptFile.Quote(entry.Type)}, which is no name of a type.");
        if (entry.Offsets is not [var begin, var end] || begin > end)
            throw CorruptFile.Because(
                path, $"{tensor} data_offsets {TensorShape.Text(entry.Offsets.AsSpan())} are not [begin, end] with begin ≤ end.");
        if (end > dataLength)
            throw CorruptFile.Because(
                path,
                $"{tensor} data_offsets end at {end}, beyond the {dataLength} bytes of data: the file is cut off.",
                "Fetch the file again.");
        if (!TensorShape.TryCount(entry.Shape.AsSpan(), out var count))
            throw CorruptFile.Because(
                path, $"{tensor} shape {TensorShape.Text(entry.Shape.AsSpan())} has more elements than 60 bits count.");
        return type == TensorType.Unknown
            ? TensorInfo.OfUnknown(name, entry.Type, entry.Shape, end - begin)
            : Sized(path, new TensorInfo(name, type, entry.Shape), count, entry.Offsets);
    }

    private static TensorInfo Sized(string path, TensorInfo tensor, long count, ImmutableArray<long> offsets)
    {
        var (begin, end) = (offsets[0], offsets[1]);
        var takes = $"tensor {CorruptFile.Quote(tensor.Name)} data_offsets [{begin}, {end}] hold {end - begin} bytes, "
            + $"but {tensor.TypeName} {TensorShape.Text(tensor.Shape.AsSpan())} takes";
        if (count * (tensor.Type.BitSize() % 8) % 8 != 0)
            throw CorruptFile.Because(path, $"{takes} {count * tensor.Type.BitSize()} bits, which is no whole number of bytes.");
        return tensor.ByteLength == end - begin ? tensor : throw CorruptFile.Because(path, $"{takes} {tensor.ByteLength}.");
    }

    private static long Begin(HeaderEntry entry) => entry.Offsets.IsDefaultOrEmpty ? -1 : entry.Offsets[0];

    private static long End(HeaderEntry entry) => entry.Offsets.IsDefaultOrEmpty ? -1 : entry.Offsets[^1];
}
