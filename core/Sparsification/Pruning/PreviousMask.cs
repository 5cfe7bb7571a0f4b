using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Holds the mask of the cycle before against the tensors to be pruned now.</summary>
internal static class PreviousMask
{
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: it is not of this checkpoint, or covers other tensors.</exception>
    public static void Check(StateDict source, SparsityMask mask, IReadOnlyList<TensorInfo> tensors)
    {
        MaskFit.Ensure(source, mask);
        var selected = tensors.Select(t => t.Name).ToHashSet();
        var uncovered = tensors.Where(t => mask.Find(t.Name) is null).Select(t => t.Name).ToList();
        var excluded = mask.Tensors.Where(t => !selected.Contains(t.Name)).Select(t => t.Name).ToList();
        List<string> differences =
        [
            .. uncovered.Count == 0 ? (string[])[] : [$"it lacks {NameList.Quoted(uncovered)}"],
            .. excluded.Count == 0 ? (string[])[] : [$"it masks {NameList.Quoted(excluded)}, which {(excluded.Count == 1 ? "is" : "are")} not to be pruned"],
        ];
        if (differences.Count > 0)
            throw new DomainException(
                FailureCodes.MaskMismatch,
                $"The previous mask covers other tensors: {string.Join("; ", differences)}.",
                "Give the mask of the cycle before, and the same exclude patterns as then.");
    }
}
