using System.Security.Cryptography;
using System.Text;

namespace SparsePipeline.Gateway.Lineage;

/// <summary>UUIDs of version 5 (RFC 9562, section 5.5): the same name gives the same one.</summary>
internal static class NameUuid
{
    // A namespace of our own, below that of URLs.
    private static readonly Guid Ours = Of(new Guid("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "urn:sparsepipeline");

    /// <summary>The UUID of a name of ours.</summary>
    public static Guid Of(string name) => Of(Ours, name);

    /// <summary>The UUID of a name in a namespace.</summary>
    public static Guid Of(Guid space, string name)
    {
#pragma warning disable CA5350 // The RFC names this hash; nothing is kept safe by it.
        var hash = SHA1.HashData([.. space.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
