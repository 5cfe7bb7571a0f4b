using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// A mask in a safetensors container: per tensor <c>NAME.bitmask</c>, U8 [⌈Count / 8⌉], bit i % 8 of byte i / 8 for flat index i
/// (numpy's <c>unpackbits(bitorder='little')</c>), and <c>NAME.shape</c>, I64 [rank].
/// </summary>
internal static class MaskFile
{
    private const string Bits = ".bitmask";
    private const string Shape = ".shape";
    private static readonly Dictionary<string, string> Marker = new() { [FileKind.Key] = FileKind.Mask };

    public static void Save(SparsityMask mask, string path)
    {
        using var writer = StateDictWriter.Create(path, [.. mask.Tensors.SelectMany(t => Layout(t.Name, t.Shape.Length, t.Count))], Marker);
        foreach (var tensor in mask.Tensors)
        {
            var length = BytesFor(tensor.Count);
            MemoryMarshal.AsBytes(tensor.Words)[..length].CopyTo(writer.Bytes(tensor.Name + Bits, 0, length));
            MemoryMarshal.AsBytes(tensor.Shape.AsSpan()).CopyTo(writer.Bytes(tensor.Name + Shape, 0, tensor.Shape.Length * sizeof(long)));
        }

        writer.Complete();
    }

    /// <summary>Bytes of the file of a mask over these tensors, whatever it keeps.</summary>
    public static long SizeOf(IEnumerable<TensorInfo> tensors) =>
        StateDictWriter.SizeOf([.. tensors.SelectMany(t => Layout(t.Name, t.Shape.Length, t.Count))], Marker);

    public static SparsityMask Load(string path)
    {
        using var file = StateDict.Open(path);
        if (CheckpointKinds.Of(file) is { Kind: not CheckpointKind.Mask } found)
            throw new DomainException(
                FailureCodes.WrongKind,
                $"{Path.GetFileName(path)} is not a sparsity mask but {KindRefusal.Title(found.Kind)}: its metadata lacks 'sparsepipeline.kind: mask'.",
                "Give a mask that prune wrote.");
        var names = file.Tensors.Where(t => t.Name.EndsWith(Bits, StringComparison.Ordinal)).Select(t => t.Name[..^Bits.Length]).ToList();
        if (names.Count * 2 != file.Tensors.Count)
            throw CorruptFile.Because(path, $"{file.Tensors.Count} tensors are not one .bitmask and one .shape for each mask.");
        return new SparsityMask(names.Select(name => Load(path, file, name)));
    }

    private static TensorMask Load(string path, StateDict file, string name)
    {
        var shape = ReadShape(path, file, name);
        var bits = file.Find(name + Bits)!;
        if (!TensorShape.TryCount(shape.AsSpan(), out var count) || bits.Type != TensorType.U8 || bits.ByteLength != (count + 7) / 8)
            throw CorruptFile.Because(
                path, $"mask {CorruptFile.Quote(name)} of shape {TensorShape.Text(shape.AsSpan())} does not fit its {bits}.");
        var words = new ulong[TensorMask.WordsFor(count)];
        file.Bytes(name + Bits, 0, BytesFor(count)).CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        if (count % 64 != 0 && words[^1] >> (int)(count % 64) != 0)
            throw CorruptFile.Because(path, $"mask {CorruptFile.Quote(name)} has bits set beyond its {count} elements.");
        return new TensorMask(name, shape, ImmutableCollectionsMarshal.AsImmutableArray(words));
    }

    private static ImmutableArray<long> ReadShape(string path, StateDict file, string name)
    {
        if (file.Find(name + Shape) is not { Type: TensorType.I64, Shape: [<= 64] } shape)
            throw CorruptFile.Because(
                path, $"mask {CorruptFile.Quote(name)} has no I64 tensor {CorruptFile.Quote(name + Shape)} of one dimension.");
        return [.. MemoryMarshal.Cast<byte, long>(file.Bytes(shape.Name, 0, (int)shape.ByteLength))];
    }

    private static IEnumerable<TensorInfo> Layout(string name, int rank, long count) =>
    [
        TensorInfo.Of(name + Bits, TensorType.U8, BytesFor(count)),
        TensorInfo.Of(name + Shape, TensorType.I64, rank),
    ];

    private static int BytesFor(long count) => checked((int)((count + 7) / 8));
}
