using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SparsePipeline.Checkpoints;

/// <summary>Names a structure: two checkpoints can be averaged, and a mask fits, only where structures agree.</summary>
public static class StructureDigest
{
    /// <summary>
    /// SHA-256 over each tensor's name, type and shape in ordinal name order, whatever order they come in. Every part is preceded by
    /// its length, so no two structures give one text. 64 lower-case hexadecimal digits.
    /// </summary>
    public static string Of(IEnumerable<TensorInfo> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            AppendText(hash, tensor.Name);
            AppendText(hash, tensor.TypeName);
            AppendShape(hash, tensor.Shape.AsSpan());
            if (tensor.Type == TensorType.Unknown)
                AppendNumber(hash, tensor.ByteLength);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static void AppendText(IncrementalHash hash, string text)
    {
        AppendNumber(hash, Encoding.UTF8.GetByteCount(text));
        hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    internal static void AppendShape(IncrementalHash hash, ReadOnlySpan<long> shape)
    {
        AppendNumber(hash, shape.Length);
        foreach (var dimension in shape)
            AppendNumber(hash, dimension);
    }

    private static void AppendNumber(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
