using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>An opened packed file whose parts have been held against each other.</summary>
internal sealed class PackedFile : IDisposable
{
    private PackedFile(StateDict file)
    {
        File = file;
        var (prefixes, wholeNames) = (Prefixes(file), PackedMetadata.WholeNames(file));
        var old = PackedNames.AreOld(file, prefixes);
        Tensors = [.. prefixes.Select(prefix => Read(prefix, old ? prefix : PackedNames.Whole(prefix, wholeNames)))];
        var parts = Tensors.SelectMany(t => PackedNames.Parts(t.Prefix)).ToHashSet();
        Dense = [.. file.Tensors.Where(t => !parts.Contains(t.Name))];
        if (Structure.GroupBy(t => t.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Corrupt(twice.Key, "is there both packed and dense, or twice");
    }

    public StateDict File { get; }

    /// <summary>The packed tensors in ordinal order of their prefixes.</summary>
    public IReadOnlyList<PackedTensor> Tensors { get; }

    /// <summary>The tensors stored as they are.</summary>
    public IReadOnlyList<TensorInfo> Dense { get; }

    /// <summary>The tensors of the checkpoint inside.</summary>
    public IEnumerable<TensorInfo> Structure => Dense.Concat(Tensors.Select(t => t.Dense));

    /// <exception cref="DomainException">The file is missing, corrupt, or not packed.</exception>
    public static PackedFile Open(string path)
    {
        var file = StateDict.Open(path);
        try
        {
            return new PackedFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file carries the bits of this tensor itself.</summary>
    public bool HasBitmask(PackedTensor tensor) => File.Find(tensor.Bitmask) is not null;

    /// <summary>The bits of a tensor, in place; only to be read.</summary>
    public ReadOnlySpan<byte> Bitmask(PackedTensor tensor) => File.Bytes(tensor.Bitmask, 0, tensor.BitmaskLength);

    public void Dispose() => File.Dispose();

    private static List<string> Prefixes(StateDict file)
    {
        var prefixes = PackedNames.Prefixes(file).ToList();
        return prefixes.Count > 0 || FileKind.Of(file) == FileKind.Packed
            ? prefixes
            : throw CorruptFile.Because(
                file.Path, "the file is not packed: it has no '….compressed' tensor with its bitmask and shape.", "Give a file that was packed as sparse-bitmask.");
    }

    private PackedTensor Read(string prefix, string name)
    {
        var compressed = File.Find(prefix + PackedNames.Compressed)!;
        var shape = ReadShape(prefix);
        if (!TensorShape.TryCount(shape.AsSpan(), out var count) || compressed.Count > count || !compressed.Type.HasWholeBytes())
            throw Corrupt(prefix, $"of shape {TensorShape.Text(shape.AsSpan())} cannot hold {compressed}");
        var dense = new TensorInfo(name, compressed.Type, shape);
        return File.Find(prefix + PackedNames.Bitmask) is { } bits
            ? ReadRows(new PackedTensor(dense, prefix, compressed.Count, RowsOf(bits)), bits)
            : PackedTensor.Of(dense, compressed.Count) with { Prefix = prefix };
    }

    private ImmutableArray<long> ReadShape(string prefix)
    {
        if (File.Find(prefix + PackedNames.Shape) is not { Type: TensorType.I64, Shape: [<= 64] or [<= 64, 1] } shape)
            throw Corrupt(prefix, "has no .shape, an I64 tensor [n] or [n, 1]");
        return [.. MemoryMarshal.Cast<byte, long>(File.Bytes(shape.Name, 0, (int)shape.ByteLength))];
    }

    private static long RowsOf(TensorInfo bits) => bits.Shape.IsEmpty ? 1 : TensorShape.Count(bits.Shape.AsSpan()[..^1]);

    private PackedTensor ReadRows(PackedTensor tensor, TensorInfo bits)
    {
        if (bits.Type != TensorType.U8 || bits.Shape.IsEmpty || bits.Count > int.MaxValue || !HasRows(tensor, bits.Shape[^1]))
            throw Corrupt(tensor.Prefix, $"of shape {TensorShape.Text(tensor.Dense.Shape.AsSpan())} does not fit its {bits}");
        var stored = File.Bytes(bits.Name, 0, (int)bits.Count);
        if (BitCount.Of(stored) != tensor.Kept || !PaddingIsZero(stored, tensor.Columns))
            throw Corrupt(tensor.Prefix, $"stores {tensor.Kept} values, but its bitmask says otherwise");
        return tensor;
    }

    private static bool HasRows(PackedTensor tensor, long rowBytes) => tensor.Rows == 0
        ? tensor.Dense.Count == 0
        : tensor.Dense.Count % tensor.Rows == 0 && rowBytes == PackedTensor.BytesPerRow(tensor.Columns);

    private static bool PaddingIsZero(ReadOnlySpan<byte> bitmask, long columns)
    {
        var rowBytes = (int)PackedTensor.BytesPerRow(columns);
        for (var last = rowBytes - 1; columns % 8 != 0 && last < bitmask.Length; last += rowBytes)
        {
            if (bitmask[last] >> (int)(columns % 8) != 0)
                return false;
        }

        return true;
    }

    private DomainException Corrupt(string tensor, string what) =>
        CorruptFile.Because(File.Path, $"packed tensor {CorruptFile.Quote(tensor)} {what}.");
}
