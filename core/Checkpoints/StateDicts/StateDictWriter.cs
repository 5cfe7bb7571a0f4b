using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Writes a safetensors file of known structure: created at full length under a temporary name, filled in any order through
/// spans, and renamed into place when complete. The same tensors, values and metadata give the same bytes. What is not written is zero.
/// </summary>
/// <remarks>
/// Different ranges may be written from different threads. Disposing without <see cref="Complete"/> removes the temporary file.
/// </remarks>
public sealed class StateDictWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly Dictionary<string, PlacedTensor> _places;
    private MappedFile? _map;

    private StateDictWriter(string path, IReadOnlyList<TensorInfo> ordered, byte[] header)
    {
        _path = path;
        _temporary = TemporaryName.Beside(path);
        _places = Placed(ordered, header.Length).ToDictionary(p => p.Info.Name);
        Tensors = [.. ordered.OrderBy(t => t.Name, StringComparer.Ordinal)];
        _map = MappedFile.Create(_temporary, header.Length + ordered.Sum(t => t.ByteLength));
        header.CopyTo(_map.Span(0, header.Length));
    }

    /// <summary>The tensors of the file in ordinal name order.</summary>
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
        return new StateDictWriter(path, ordered, HeaderWriter.Write(ordered, metadata));
    }

    /// <summary>Bytes of the file that <see cref="Create"/> makes of these.</summary>
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
        var tensor = Place(name);
        TensorRange.CheckF32(tensor.Info);
        TensorRange.Check(tensor.Info, start, count, tensor.Info.Count);
        return MemoryMarshal.Cast<byte, float>(Map.Span(tensor.Offset + start * sizeof(float), checked(count * sizeof(float))));
    }

    /// <summary>Raw bytes of a tensor, in place, to be filled.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, or the range leaves it.</exception>
    public Span<byte> Bytes(string name, long offset, int length)
    {
        var tensor = Place(name);
        TensorRange.Check(tensor.Info, offset, length, tensor.Info.ByteLength);
        return Map.Span(tensor.Offset + offset, length);
    }

    /// <summary>
    /// Writes raw bytes into a tensor: faster than filling <see cref="Bytes"/> of a new file, also from another file's span.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such tensor, or the range leaves it.</exception>
    public void WriteBytes(string name, long offset, ReadOnlySpan<byte> bytes)
    {
        var tensor = Place(name);
        TensorRange.Check(tensor.Info, offset, bytes.Length, tensor.Info.ByteLength);
        Map.Write(tensor.Offset + offset, bytes);
    }

    /// <summary>Writes floats into a floating-point tensor, rounded to nearest, ties to even, where its type is narrower.</summary>
    /// <remarks>
    /// Faster than filling <see cref="Floats"/> of a new file, when the values lie in a buffer that is still in the cache.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no such tensor, it is not of a floating-point type, or the range leaves it.</exception>
    public void WriteFloats(string name, long start, ReadOnlySpan<float> values)
    {
        var info = Place(name).Info;
        var size = info.Type.ByteSize();
        TensorRange.Check(info, start, values.Length, info.Count);
        if (info.Type == TensorType.F32)
            WriteBytes(name, start * size, MemoryMarshal.AsBytes(values));
        else
            ConvertedWrite.Run(this, info, start, values);
    }

    /// <summary>
    /// Says that a range of elements is finished: its pages leave this process's memory and are written back by the system.
    /// </summary>
    public void Release(string name, long start, long count)
    {
        var tensor = Place(name);
        var size = tensor.Info.Type.ByteSize();
        TensorRange.Check(tensor.Info, start, count, tensor.Info.Count);
        Map.Release(tensor.Offset + start * size, count * size);
    }

    /// <summary>
    /// Flushes to disk and renames the file into place: all of it becomes visible, or nothing, also across a power cut. Closes the writer.
    /// </summary>
    public void Complete()
    {
        Map.FlushToDisk();
        File.Move(_temporary, _path, overwrite: true);
        Close();
    }

    public void Dispose()
    {
        if (_map is null)
            return;
        Close();
        File.Delete(_temporary);
    }

    private MappedFile Map => _map ?? throw new ObjectDisposedException(nameof(StateDictWriter));

    private void Close()
    {
        _map?.Dispose();
        _map = null;
    }

    private PlacedTensor Place(string name) =>
        _places.TryGetValue(name, out var place)
            ? place
            : throw new ArgumentException($"There is no tensor '{name}' in the file to be written.", nameof(name));

    private static IEnumerable<PlacedTensor> Placed(IReadOnlyList<TensorInfo> ordered, long offset)
    {
        foreach (var tensor in ordered)
        {
            yield return new PlacedTensor(tensor, offset);
            offset += tensor.ByteLength;
        }
    }
}
