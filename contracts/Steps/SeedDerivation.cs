using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SparsePipeline.Contracts;

/// <summary>Independent seeds for independent uses, derived by hashing, so that no use disturbs another.</summary>
public static class SeedDerivation
{
    /// <summary>A non-negative 63-bit seed from a parent seed, a purpose and an index.</summary>
    public static long Derive(long seed, string purpose, long index = 0)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{purpose}/{index}"));
        return BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue;
    }
}
