using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// Lays out a file much as the reference implementation does, so the bytes depend on the content alone: metadata keys in ordinal
/// order, tensors by falling element size and then ordinal name (which aligns each to its element size; unknown types come last), spaces after the JSON up
/// to a multiple of 64 bytes so that vector loads of the first tensor are aligned.
/// </summary>
internal static class HeaderWriter
{
    private const int Alignment = 64;
    private const string MetadataName = "__metadata__";

    /// <summary>The order of the data in the file.</summary>
    /// <exception cref="ArgumentException">Two tensors have one name, or one has the name of the metadata.</exception>
    public static IReadOnlyList<TensorInfo> Order(IReadOnlyCollection<TensorInfo> tensors)
    {
        var names = new HashSet<string> { MetadataName };
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
                throw new ArgumentException(
                    $"The name '{tensor.Name}' is taken: names of tensors are unique, and '{MetadataName}' is none.", nameof(tensors));
        }

        if (tensors.FirstOrDefault(t => t.Count * (t.Type.BitSize() % 8) % 8 != 0) is { } torn)
            throw new ArgumentException($"Tensor {torn} is no whole number of bytes.", nameof(tensors));
        return [.. tensors.OrderByDescending(t => t.Type.BitSize()).ThenBy(t => t.Name, StringComparer.Ordinal)];
    }

    /// <summary>Length prefix, JSON and padding for tensors that are already in file order.</summary>
    public static byte[] Write(IReadOnlyList<TensorInfo> ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteTensors(json, ordered);
            json.WriteEndObject();
        }

        return Pad(buffer.WrittenSpan);
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null or { Count: 0 })
            return;
        json.WriteStartObject(MetadataName);
        foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, IReadOnlyList<TensorInfo> ordered)
    {
        var offset = 0L;
        foreach (var tensor in ordered)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.TypeName);
            WriteNumbers(json, "shape", tensor.Shape.AsSpan());
            WriteNumbers(json, "data_offsets", [offset, offset += tensor.ByteLength]);
            json.WriteEndObject();
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static byte[] Pad(ReadOnlySpan<byte> json)
    {
        var padded = (SafetensorsHeader.PrefixLength + json.Length + Alignment - 1) / Alignment * Alignment;
        var header = new byte[padded];
        BinaryPrimitives.WriteInt64LittleEndian(header, padded - SafetensorsHeader.PrefixLength);
        json.CopyTo(header.AsSpan(SafetensorsHeader.PrefixLength));
        header.AsSpan(SafetensorsHeader.PrefixLength + json.Length).Fill((byte)' ');
        return header;
    }
}
