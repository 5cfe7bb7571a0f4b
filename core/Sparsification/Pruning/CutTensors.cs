using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>The tensors a cut takes, and how many of their weights it keeps.</summary>
internal static class CutTensors
{
    /// <exception cref="DomainException">Nothing is prunable, the previous mask is of something else, or leaves too little.</exception>
    public static IReadOnlyList<PrunableTensor> Of(StateDict source, PruneRequest request, IStructure structure, IPruner pruner)
    {
        var tensors = PrunableTensors.Select(source.Tensors, request.Tensors);
        if (tensors.Sum(t => t.Count) == 0)
            throw new DomainException(
                FailureCodes.UnreachableSparsity,
                $"None of the {source.Tensors.Count} tensors is prunable{(request.Tensors.Exclude is { Count: > 0 } e ? $" with exclude [{string.Join(", ", e)}]" : "")}.",
                "Prunable are floating-point tensors of two dimensions or more that are no embeddings, norms, position tables or biases; include others by pattern.");
        if (request.PreviousMask is { } mask)
            PreviousMask.Check(source, mask, tensors);
        var output = OutputLayer.Of(source.Tensors, request.Tensors);
        return
        [
            .. tensors.Select(t => new PrunableTensor(t.Name, t.Shape, t.Count, request.PreviousMask?.Find(t.Name)!.Kept ?? t.Count, t.Name == output))
                .Select(t => request.Tensors.SparsityOf(t.Name) is { } own ? t with { Kept = Keep(t.Total, t.Remaining, Slack(structure, [t]), own, pruner, $" of '{t.Name}'") } : t),
        ];
    }

    /// <summary>Weights by which a cut in whole units may keep fewer than it is asked for.</summary>
    public static long Slack(IStructure structure, IReadOnlyList<PrunableTensor> tensors) => tensors.Sum(t => Math.Max(0, structure.Unit(t) - 1));

    /// <summary>Weights that some tensors keep together.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.UnreachableSparsity"/>: earlier cuts have left fewer.</exception>
    public static long Keep(long total, long remaining, long slack, double sparsity, IPruner pruner, string whose = "")
    {
        var keep = pruner.Keep(total - (long)Math.Round(total * sparsity, MidpointRounding.AwayFromZero), remaining);
        // A cut in units may have kept a little less than was asked for, and that cannot be asked for again.
        if (keep > remaining && keep - remaining <= slack)
            return remaining;
        return keep <= remaining ? keep : throw new DomainException(
            FailureCodes.UnreachableSparsity,
            $"Sparsity {sparsity} keeps {keep} of {total} prunable weights{whose}, but the previous mask has left only {remaining}, and masks only shrink.",
            $"Ask for at least {1 - ((double)remaining / total):R}, or start without a previous mask.");
    }
}
