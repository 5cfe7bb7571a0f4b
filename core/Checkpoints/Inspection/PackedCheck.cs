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

    /// <summary>
    /// A packed checkpoint is zero wherever it stores no bit. Where its bits are not those of the mask, its values are looked at, so that the
    /// answer is that for the checkpoint it was packed from.
    /// </summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: the mask is not of this checkpoint, or prunes what is not zero.</exception>
    public static string Zeros(string path, SparsityMask mask)
    {
        using var packed = PackedFile.Open(path);
        if (MaskDigestOf(packed) is var stored && stored == mask.Digest)
            return $"packed under this mask, which prunes {mask.Total - mask.Kept} positions";
        if (packed.Tensors.Any(t => !packed.HasBitmask(t)))
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"{Path.GetFileName(path)} was packed under mask {stored}, not {mask.Digest}.",
                "Give the mask it was packed under.");
        foreach (var tensor in mask.Tensors)
            CheckZeros(packed, tensor);
        return $"all {mask.Total - mask.Kept} pruned positions are zero";
    }

    private static void CheckZeros(PackedFile packed, TensorMask mask)
    {
        if (packed.Tensors.FirstOrDefault(t => t.Dense.Name == mask.Name) is not { } tensor)
        {
            ZeroCheck.Ensure(packed.File, new SparsityMask([mask]));
            return;
        }

        if (!tensor.Dense.Shape.AsSpan().SequenceEqual(mask.Shape.AsSpan()))
            throw new DomainException(
                FailureCodes.MaskMismatch, $"The mask is not of this checkpoint: it does not fit {tensor.Dense}.", "Give the mask that was computed for this model.");
        if (PackedZeros.FirstViolation(packed, tensor, mask) is var at and >= 0)
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"'{mask.Name}' is not zero at flat index {at}, which the mask prunes.",
                "Apply the mask to the checkpoint, or give the mask it was trained with.");
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
