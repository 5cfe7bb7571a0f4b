using System.Buffers.Binary;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>One safetensors file: its mapping and its validated header.</summary>
internal sealed class MappedShard : IDisposable
{
    private MappedShard(string path, MappedFile map, SafetensorsHeader header)
    {
        Path = path;
        Map = map;
        Header = header;
    }

    public string Path { get; }

    public MappedFile Map { get; }

    public SafetensorsHeader Header { get; }

    /// <exception cref="DomainException">The file is missing or is no valid safetensors file.</exception>
    public static MappedShard Open(string path)
    {
        if (!File.Exists(path))
            throw CorruptFile.Missing(path, "Give the path of a .safetensors file or of a model.safetensors.index.json.");
        if (FileSize.Of(path) <= SafetensorsHeader.PrefixLength)
            throw CorruptFile.Because(path, "the file is shorter than a header's length prefix.", "Fetch the file again.");
        var map = MappedFile.OpenRead(path);
        try
        {
            return new MappedShard(path, map, ReadHeader(path, map));
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    public void Dispose() => Map.Dispose();

    private static SafetensorsHeader ReadHeader(string path, MappedFile map)
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(map.Span(0, SafetensorsHeader.PrefixLength));
        var available = (ulong)(map.Length - SafetensorsHeader.PrefixLength);
        ForeignFormat.Refuse(path, map.Span(0, (int)Math.Min(map.Length, ForeignFormat.Enough)), length, available);
        if (length > SafetensorsHeader.MaxLength)
            throw CorruptFile.Because(path, $"the header claims {length} bytes; at most {SafetensorsHeader.MaxLength} are allowed.");
        if (length > available)
            throw CorruptFile.Because(
                path, $"the header claims {length} bytes, but only {available} follow its length.", "Fetch the file again.");
        return HeaderReader.Read(path, map.Span(SafetensorsHeader.PrefixLength, (int)length), map.Length);
    }
}
