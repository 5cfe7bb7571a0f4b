using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Writes a safetensors file of known structure, or several that make one checkpoint: created at full length under temporary names, filled in any
/// order through spans, and renamed into place when complete. The same tensors, values and metadata give the same bytes. What is not written is zero.
/// </summary>
/// <remarks>
/// Different ranges may be written from different threads. Disposing without <see cref="Complete"/> removes the temporary files.
/// </remarks>
public sealed class StateDictWriter : IDisposable
{
    private readonly IReadOnlyList<UnfinishedFile> _files;
    private readonly ShardIndexFile? _index;
    private readonly Dictionary<string, (UnfinishedFile File, PlacedTensor Tensor)> _places;

    private StateDictWriter(IReadOnlyList<UnfinishedFile> files, ShardIndexFile? index)
    {
        _files = files;
        _index = index;
        _places = files.SelectMany(f => f.Tensors.Select(t => (File: f, Tensor: t))).ToDictionary(p => p.Tensor.Info.Name);
        Tensors = [.. _places.Values.Select(p => p.Tensor.Info).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>The tensors in ordinal name order.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>Creates the file under its temporary name, with its disk space reserved.</summary>
    /// <param name="path">Where the file is to be; its folder exists. An existing file is replaced on completion.</param>
    /// <param name="tensors">In any order; names are unique.</param>
    /// <param name="metadata">Strings for <c>__metadata__</c>.</param>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public static StateDictWriter Create(
        string path, IReadOnlyList<TensorInfo> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = HeaderWriter.Order(tensors);
        return new StateDictWriter([new UnfinishedFile(path, ordered, HeaderWriter.Write(ordered, metadata))], null);
    }

    /// <summary>As <see cref="Create(string, IReadOnlyList{TensorInfo}, IReadOnlyDictionary{string, string}?)"/>, for the shards of one checkpoint; no tensor is in two of them.</summary>
    internal static StateDictWriter Create(IEnumerable<PlannedShard> shards, ShardIndexFile? index)
    {
        var files = new List<UnfinishedFile>();
        try
        {
            foreach (var (path, tensors, metadata) in shards)
            {
                var ordered = HeaderWriter.Order([.. tensors]);
                files.Add(new UnfinishedFile(path, ordered, HeaderWriter.Write(ordered, metadata)));
            }

            return new StateDictWriter(files, index);
        }
        catch
        {
            files.ForEach(f => f.Dispose());
            throw;
        }
    }

    /// <summary>Bytes of the file that <see cref="Create(string, IReadOnlyList{TensorInfo}, IReadOnlyDictionary{string, string}?)"/> makes of these.</summary>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    public static long SizeOf(IReadOnlyList<TensorInfo> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var ordered = HeaderWriter.Order(tensors);
        return HeaderWriter.Write(ordered, metadata).Length + ordered.Sum(t => t.ByteLength);
    }

    /// <summary>Elements of an F32 tensor, in place, to be filled.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, it is not F32, or the range leaves it.</exception>
    public Span<float> Floats(string name, long start, int count)
    {
        var (file, tensor) = Place(name);
        TensorRange.CheckF32(tensor.Info);
        TensorRange.Check(tensor.Info, start, count, tensor.Info.Count);
        return MemoryMarshal.Cast<byte, float>(file.Map.Span(tensor.Offset + start * sizeof(float), checked(count * sizeof(float))));
    }

    /// <summary>Raw bytes of a tensor, in place, to be filled.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, or the range leaves it.</exception>
    public Span<byte> Bytes(string name, long offset, int length)
    {
        var (file, tensor) = Place(name);
        TensorRange.Check(tensor.Info, offset, length, tensor.Info.ByteLength);
        return file.Map.Span(tensor.Offset + offset, length);
    }

    /// <summary>
    /// Writes raw bytes into a tensor: faster than filling <see cref="Bytes"/> of a new file, also from another file's span.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such tensor, or the range leaves it.</exception>
    public void WriteBytes(string name, long offset, ReadOnlySpan<byte> bytes)
    {
        var (file, tensor) = Place(name);
        TensorRange.Check(tensor.Info, offset, bytes.Length, tensor.Info.ByteLength);
        file.Map.Write(tensor.Offset + offset, bytes);
    }

    /// <summary>Writes floats into a floating-point tensor, rounded to nearest, ties to even, where its type is narrower.</summary>
    /// <remarks>
    /// Faster than filling <see cref="Floats"/> of a new file, when the values lie in a buffer that is still in the cache.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no such tensor, it is not of a floating-point type, or the range leaves it.</exception>
    public void WriteFloats(string name, long start, ReadOnlySpan<float> values)
    {
        var info = Place(name).Tensor.Info;
        var size = info.Type.ByteSize();
        TensorRange.Check(info, start, values.Length, info.Count);
        if (info.Type == TensorType.F32)
            WriteBytes(name, start * size, MemoryMarshal.AsBytes(values));
        else
            ConvertedWrite.Run(this, info, start, values);
    }

    /// <summary>Writes doubles into a floating-point tensor, rounded once, to nearest, ties to even, where its type is narrower.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, it is not of a floating-point type, or the range leaves it.</exception>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a finite value is beyond the largest number of the type.</exception>
    public void WriteDoubles(string name, long start, ReadOnlySpan<double> values)
    {
        var info = Place(name).Tensor.Info;
        TensorRange.Check(info, start, values.Length, info.Count);
        TypeLimit.Check(info, start, values);
        ConvertedWrite.Run(this, info, start, values);
    }

    /// <summary>The tensor of that name, or null.</summary>
    public TensorInfo? Find(string name) => _places.TryGetValue(name, out var place) ? place.Tensor.Info : null;

    /// <summary>
    /// Says that a range of elements is finished: its pages leave this process's memory and are written back by the system.
    /// </summary>
    public void Release(string name, long start, long count)
    {
        var (file, tensor) = Place(name);
        var size = tensor.Info.Type.ByteSize();
        TensorRange.Check(tensor.Info, start, count, tensor.Info.Count);
        file.Map.Release(tensor.Offset + start * size, count * size);
    }

    /// <summary>
    /// Flushes to disk and renames into place: all of a file becomes visible, or nothing, also across a power cut; of several the index comes
    /// last. Closes the writer.
    /// </summary>
    public void Complete()
    {
        foreach (var file in _files)
            file.Map.FlushToDisk();
        foreach (var file in _files)
            file.Rename();
        _index?.Write();
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }

    private (UnfinishedFile File, PlacedTensor Tensor) Place(string name) =>
        _places.TryGetValue(name, out var place)
            ? place
            : throw new ArgumentException($"There is no tensor '{name}' in the file to be written.", nameof(name));
}
