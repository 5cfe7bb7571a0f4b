using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SparsePipeline.Checkpoints;

/// <summary>
/// SHA-256 over name, shape and bits of each tensor; they are given in ordinal name order, the bits in pieces of whole words.
/// </summary>
internal sealed class MaskDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public static string Of(IReadOnlyList<TensorMask> tensors) => Hash(tensors, withBits: true);

    public static string OfStructure(IReadOnlyList<TensorMask> tensors) => Hash(tensors, withBits: false);

    public void BeginTensor(string name, ReadOnlySpan<long> shape)
    {
        StructureDigest.AppendText(_hash, name);
        StructureDigest.AppendShape(_hash, shape);
    }

    public void AppendBits(ReadOnlySpan<ulong> words) => _hash.AppendData(MemoryMarshal.AsBytes(words));

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private static string Hash(IReadOnlyList<TensorMask> tensors, bool withBits)
    {
        using var digest = new MaskDigest();
        foreach (var tensor in tensors)
        {
            digest.BeginTensor(tensor.Name, tensor.Shape.AsSpan());
            if (withBits)
                digest.AppendBits(tensor.Words);
        }

        return digest.Finish();
    }
}
