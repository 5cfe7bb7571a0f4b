using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Finds the candidate to blame.</summary>
internal static class MergeFailures
{
    /// <summary>Every member is looked at by itself, because +1 and −1 would cancel in the mean.</summary>
    public static void CheckZeros(TensorMask mask, Chunk block, IEnumerable<SoupMember> members)
    {
        var words = mask.Words[(int)(block.Start / 64)..];
        foreach (var member in members)
        {
            var type = member.State.Find(mask.Name)!.Type;
            var bytes = member.State.Bytes(mask.Name, block.Start * type.ByteSize(), block.Count * type.ByteSize());
            if (ZeroCheck.FirstViolation(type, bytes, words) is var at and >= 0)
                throw new DomainException(
                    FailureCodes.MaskMismatch,
                    $"{member.Name} has {member.State.Text(mask.Name, block.Start + at)} in '{mask.Name}' at flat index {block.Start + at}, which the mask prunes.",
                    "Average candidates that were all trained under this mask.");
        }
    }

    public static DomainException NotFinite(TensorInfo tensor, Chunk block, IEnumerable<SoupMember> members)
    {
        var values = new double[block.Count];
        foreach (var member in members)
        {
            member.State.ReadDoubles(tensor.Name, block.Start, values);
            if (Array.FindIndex(values, v => !double.IsFinite(v)) is var at and >= 0)
                return new DomainException(
                    FailureCodes.NotFinite,
                    member.State.NotFinitePlaces() is { Count: > 1 } all
                        ? $"{member.Name} holds NaN or infinity in {all.Count} tensors: {NameList.Text(all)}."
                        : $"{member.Name} has {member.State.Text(tensor.Name, block.Start + at)} in '{tensor.Name}' at flat index {block.Start + at}.",
                    "Leave out candidates whose training diverged.");
        }

        return new DomainException(FailureCodes.NotFinite, $"The mean of '{tensor.Name}' overflows.", "Check the scale of its weights.");
    }
}
