using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SparsePipeline.Infrastructure.Collection;

/// <summary>A SHA-256 in 32 bytes, so that millions of them fit in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BlobName(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>The name in 64 hexadecimal digits.</summary>
    public static BlobName Parse(ReadOnlySpan<byte> digits)
    {
        Span<byte> bytes = stackalloc byte[32];
        Convert.FromHexString(digits, bytes, out _, out _);
        return From(bytes);
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static BlobName Parse(string digest) => From(Convert.FromHexString(digest));

    private static BlobName From(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]));
}
