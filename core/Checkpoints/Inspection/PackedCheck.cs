using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>What can be verified of a packed checkpoint without unpacking it.</summary>
internal static class PackedCheck
{
    /// <exception cref="DomainException">Bitmask, values and shape of a tensor contradict each other.</exception>
    public static string Parts(string path)
    {
        using var packed = PackedFile.Open(path);
        return $"{packed.Tensors.Count} packed tensors agree with their bitmasks";
    }

    /// <summary>A packed checkpoint is zero wherever it stores no bit, so its bits are held against the mask.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: they differ.</exception>
    public static string Zeros(string path, SparsityMask mask)
    {
        using var packed = PackedFile.Open(path);
        var stored = MaskDigestOf(packed);
        return stored == mask.Digest
            ? $"packed under this mask, which prunes {mask.Total - mask.Kept} positions"
            : throw new DomainException(
                FailureCodes.MaskMismatch,
                $"{Path.GetFileName(path)} was packed under mask {stored}, not {mask.Digest}.",
                "Give the mask it was packed under.");
    }

    /// <summary>Digest of the stored bits, or of the mask that is stored elsewhere.</summary>
    public static string? MaskDigestOf(PackedFile packed)
    {
        if (packed.Tensors.Any(t => !packed.HasBitmask(t)))
            return PackedMetadata.MaskDigest(packed.File);
        using var digest = new MaskDigest();
        foreach (var tensor in packed.Tensors.OrderBy(t => t.Dense.Name, StringComparer.Ordinal))
            ZeroPattern.AppendStored(packed, tensor, digest);
        return digest.Finish();
    }
}
