using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SparsePipeline.Checkpoints;

/// <summary>Digests of masks; the tensors come in ordinal name order.</summary>
internal static class MaskDigest
{
    public static string Of(IReadOnlyList<TensorMask> tensors) => Hash(tensors, withBits: true);

    public static string OfStructure(IReadOnlyList<TensorMask> tensors) => Hash(tensors, withBits: false);

    private static string Hash(IReadOnlyList<TensorMask> tensors, bool withBits)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in tensors)
        {
            Checkpoints.StructureDigest.AppendText(hash, tensor.Name);
            Checkpoints.StructureDigest.AppendShape(hash, tensor.Shape.AsSpan());
            if (withBits)
                hash.AppendData(MemoryMarshal.AsBytes(tensor.Words));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
