using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Whether the bits of all packed tensors are known: in the file, or in the mask given.</summary>
internal static class PackedMaskFit
{
    private const string Remedy = "Give the mask the checkpoint was packed under.";

    public static void Ensure(PackedFile packed, SparsityMask? mask)
    {
        var bare = packed.Tensors.Where(t => !packed.HasBitmask(t)).ToList();
        if (bare.Count == 0)
            return;
        var expected = PackedMetadata.MaskDigest(packed.File);
        if (mask is null)
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"{Path.GetFileName(packed.File.Path)} was packed without its mask, whose digest is {expected ?? "not recorded"}.",
                Remedy);
        if (expected is not null && expected != mask.Digest)
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"{Path.GetFileName(packed.File.Path)} was packed under mask {expected}, not {mask.Digest}.",
                Remedy);
        if (bare.FirstOrDefault(t => !Fits(t, mask.Find(t.Dense.Name))) is { } misfit)
            throw new DomainException(
                FailureCodes.MaskMismatch, $"The mask does not fit packed tensor {misfit.Dense} with {misfit.Kept} values.", Remedy);
    }

    private static bool Fits(PackedTensor tensor, TensorMask? mask) =>
        mask is not null && mask.Kept == tensor.Kept && mask.Shape.AsSpan().SequenceEqual(tensor.Dense.Shape.AsSpan());
}
