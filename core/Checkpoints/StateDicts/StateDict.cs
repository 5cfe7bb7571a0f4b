using System.Globalization;
using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// A state dict over memory-mapped safetensors files, read only. Opening validates every header and reads no weights; weights are
/// read in place, so models larger than memory work as long as they are walked in pieces and <see cref="Release"/>d.
/// </summary>
/// <remarks>
/// Safe to read from several threads. Spans point into the mapping: do not use one after <see cref="Dispose"/>, and do not cut a
/// file short while it is open, as with every mapped file.
/// </remarks>
public sealed class StateDict : IDisposable
{
    private readonly IReadOnlyList<MappedShard> _shards;
    private readonly Dictionary<string, (MappedShard Shard, PlacedTensor Tensor)> _places;

    private StateDict(string path, IReadOnlyList<MappedShard> shards, IReadOnlyList<string>? files = null)
    {
        Path = path;
        Files = files ?? [.. shards.Select(s => s.Path)];
        _shards = shards;
        _places = shards.SelectMany(s => s.Header.Tensors.Select(t => (Shard: s, Tensor: t))).ToDictionary(p => p.Tensor.Info.Name);
        Tensors = [.. _places.Values.Select(p => p.Tensor.Info).OrderBy(t => t.Name, StringComparer.Ordinal)];
        Metadata = MergedMetadata(shards);
        StructureDigest = Checkpoints.StructureDigest.Of(Tensors);
    }

    internal IReadOnlyList<MappedShard> Shards => _shards;

    /// <summary>What was opened: the file, or the index of several.</summary>
    public string Path { get; }

    /// <summary>The files that hold the tensors, in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>All tensors in ordinal name order, whatever their order in the files.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>The files' metadata; of several shards the first in ordinal file order wins.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>SHA-256 over names, types and shapes in ordinal name order, 64 lower-case hexadecimal digits.</summary>
    public string StructureDigest { get; }

    /// <summary>
    /// Opens a <c>.safetensors</c> file, all shards of a <c>….safetensors.index.json</c>, or the one or the other in a folder (<see cref="CheckpointFolder"/>).
    /// </summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MissingArtifact"/> or <see cref="FailureCodes.CorruptArtifact"/> with the
    /// field, its value and a remedy.</exception>
    public static StateDict Open(string path) => OpenFiles(CheckpointFolder.Find(path));

    private static StateDict OpenFiles(string path) =>
        new(path, path.EndsWith(ShardIndex.Suffix, StringComparison.Ordinal) ? ShardSet.Open(path) : [MappedShard.Open(path)]);

    /// <summary>Opens another form of a file that keeps the file's path for messages and sizes.</summary>
    internal static StateDict OpenAs(StateDict original, string path) => new(original.Path, [MappedShard.Open(path)], original.Files);

    /// <summary>The tensor of that name, or null.</summary>
    public TensorInfo? Find(string name) => _places.TryGetValue(name, out var place) ? place.Tensor.Info : null;

    /// <summary>Raw bytes of a tensor, in place.</summary>
    /// <param name="name">Tensor name.</param>
    /// <param name="offset">First byte within the tensor.</param>
    /// <param name="length">Number of bytes; a span holds at most 2 GiB, so walk larger tensors in pieces.</param>
    /// <exception cref="ArgumentException">There is no such tensor, or the range leaves it.</exception>
    public ReadOnlySpan<byte> Bytes(string name, long offset, int length)
    {
        var (shard, tensor) = Place(name);
        TensorRange.Check(tensor.Info, offset, length, tensor.Info.ByteLength);
        return shard.Map.Span(tensor.Offset + offset, length);
    }

    /// <summary>Elements of an F32 tensor, in place. Foreign files may leave them unaligned; vector loads do not mind.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, it is not F32, or the range leaves it.</exception>
    public ReadOnlySpan<float> Floats(string name, long start, int count)
    {
        var (shard, tensor) = Place(name);
        TensorRange.CheckF32(tensor.Info);
        TensorRange.Check(tensor.Info, start, count, tensor.Info.Count);
        return MemoryMarshal.Cast<byte, float>(shard.Map.Span(tensor.Offset + start * sizeof(float), checked(count * sizeof(float))));
    }

    /// <summary>
    /// Reads elements of any floating-point tensor as floats: exact for F32, F16 and BF16, rounded for F64 (see <see cref="ReadDoubles"/>).
    /// </summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a finite F64 is beyond the largest float.</exception>
    /// <exception cref="ArgumentException">There is no such tensor, it is not of a floating-point type, or the range leaves it.</exception>
    public void ReadFloats(string name, long start, Span<float> destination)
    {
        var info = Place(name).Tensor.Info;
        var size = info.Type.ByteSize();
        TensorRange.Check(info, start, destination.Length, info.Count);
        var elements = Bytes(name, start * size, checked(destination.Length * size));
        if (info.Type == TensorType.F64)
            TypeLimit.Check(info with { Type = TensorType.F32 }, start, MemoryMarshal.Cast<byte, double>(elements));
        FloatConversion.ToFloats(info.Type, elements, destination);
    }

    /// <summary>Reads elements of any floating-point tensor as doubles, which is exact.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, it is not of a floating-point type, or the range leaves it.</exception>
    public void ReadDoubles(string name, long start, Span<double> destination)
    {
        var info = Place(name).Tensor.Info;
        var size = info.Type.ByteSize();
        TensorRange.Check(info, start, destination.Length, info.Count);
        DoubleConversion.ToDoubles(info.Type, Bytes(name, start * size, checked(destination.Length * size)), destination);
    }

    /// <summary>One element of a floating-point tensor as messages print it: the shortest text that its type reads back as the same number.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, it is not of a floating-point type, or the index leaves it.</exception>
    public string Text(string name, long index)
    {
        Span<double> value = stackalloc double[1];
        ReadDoubles(name, index, value);
        return Find(name)!.Type == TensorType.F64
            ? value[0].ToString(CultureInfo.InvariantCulture)
            : ((float)value[0]).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Scans all floating-point tensors for NaN and infinity.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/> naming tensor, flat index and value.</exception>
    public void EnsureFinite() => FiniteCheck.Run(this);

    /// <summary>Every tensor that holds NaN or infinity, with the first such value and its place, in words.</summary>
    public IReadOnlyList<string> NotFinitePlaces() => FiniteCheck.Places(this);

    /// <summary>
    /// Says that a range of elements has been used: its pages leave this process's memory (they stay in the page cache and come
    /// back when read again), so that walking a large model keeps a flat memory peak.
    /// </summary>
    public void Release(string name, long start, long count)
    {
        var info = Place(name).Tensor.Info;
        var size = info.Type.ByteSize();
        TensorRange.Check(info, start, count, info.Count);
        ReleaseBytes(name, start * size, count * size);
    }

    /// <summary>As <see cref="Release"/>, of tensors whose elements may be no whole bytes.</summary>
    internal void ReleaseBytes(string name, long offset, long length)
    {
        var (shard, tensor) = Place(name);
        TensorRange.Check(tensor.Info, offset, length, tensor.Info.ByteLength);
        shard.Map.Release(tensor.Offset + offset, length);
    }

    public void Dispose()
    {
        foreach (var shard in _shards)
            shard.Dispose();
    }

    private (MappedShard Shard, PlacedTensor Tensor) Place(string name) =>
        _places.TryGetValue(name, out var place)
            ? place
            : throw new ArgumentException($"There is no tensor '{name}' in {Path}.", nameof(name));

    private static Dictionary<string, string> MergedMetadata(IReadOnlyList<MappedShard> shards)
    {
        var merged = new Dictionary<string, string>();
        foreach (var (key, value) in shards.SelectMany(s => s.Header.Metadata))
            merged.TryAdd(key, value);
        return merged;
    }
}
