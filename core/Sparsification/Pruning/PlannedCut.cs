using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>A request made definite: methods looked up, tensors selected, weights counted.</summary>
/// <param name="Tensors">The prunable tensors in ordinal order of their names.</param>
/// <param name="Keep">Weights to keep among them.</param>
internal sealed record PlannedCut(
    IPruner Pruner, IAllocation Allocation, IStructure Structure, IReadOnlyList<PrunableTensor> Tensors, long Keep)
{
    public long Total { get; } = Tensors.Sum(t => t.Total);

    public long Remaining { get; } = Tensors.Sum(t => t.Remaining);

    /// <summary>Weights by which a cut may keep fewer than <see cref="Keep"/>: less than one unit of every layer.</summary>
    public long Slack { get; } = SlackOf(Structure, Tensors);

    /// <exception cref="DomainException">The request does not fit the checkpoint, or contradicts itself.</exception>
    public static PlannedCut Of(StateDict source, PruneRequest request)
    {
        if (request.Sparsity is not (>= 0 and < 1))
            throw new DomainException(
                FailureCodes.InvalidOption, $"sparsity is {request.Sparsity}.", "Give a fraction in [0, 1), such as 0.9 for 90 %.");
        var pruner = Pruners.Registry.Find(request.Method);
        var allocation = Allocations.Find(request.Allocation ?? pruner.Allocation);
        var structure = Structures.Find(request.Structure);
        if (allocation.ProblemWith(pruner) is { } problem)
            throw new DomainException(FailureCodes.InvalidOption, $"The allocation {problem}.", $"Leave it out for the pruner's own, '{pruner.Allocation}', or use another pruner.");
        if (StructureFit.Problem(structure, pruner, allocation, request.Sparsity) is { } misfit)
            throw new DomainException(FailureCodes.InvalidOption, $"The structure {misfit}.", $"Change the one or the other, or use '{StructureNames.Unstructured}'.");
        var tensors = Select(source, request);
        var (total, remaining) = (tensors.Sum(t => t.Total), tensors.Sum(t => t.Remaining));
        var requested = total - (long)Math.Round(total * request.Sparsity, MidpointRounding.AwayFromZero);
        var keep = pruner.Keep(requested, remaining);
        // A cut in units may have kept a little less than was asked for, and that cannot be asked for again.
        if (keep > remaining && keep - remaining <= SlackOf(structure, tensors))
            keep = remaining;
        return keep > 0 && keep <= remaining
            ? new PlannedCut(pruner, allocation, structure, tensors, keep)
            : throw Unreachable(request.Sparsity, keep, total, remaining);
    }

    private static IReadOnlyList<PrunableTensor> Select(StateDict source, PruneRequest request)
    {
        var tensors = PrunableTensors.Select(source.Tensors, request.Exclude);
        if (tensors.Sum(t => t.Count) == 0)
            throw new DomainException(
                FailureCodes.UnreachableSparsity,
                $"None of the {source.Tensors.Count} tensors is prunable{(request.Exclude is { Count: > 0 } e ? $" with exclude [{string.Join(", ", e)}]" : "")}.",
                "Prunable are floating-point tensors of rank 2 or more named '*.weight' that belong to no embedding or norm.");
        if (request.PreviousMask is { } mask)
            PreviousMask.Check(source, mask, tensors);
        var output = OutputLayer.Of(source.Tensors);
        return
        [
            .. tensors.Select(t => new PrunableTensor(t.Name, t.Shape, t.Count, request.PreviousMask?.Find(t.Name)!.Kept ?? t.Count, t.Name == output)),
        ];
    }

    private static long SlackOf(IStructure structure, IReadOnlyList<PrunableTensor> tensors) => tensors.Sum(t => Math.Max(0, structure.Unit(t) - 1));

    private static DomainException Unreachable(double sparsity, long keep, long total, long remaining) => new(
        FailureCodes.UnreachableSparsity,
        keep <= 0
            ? $"Sparsity {sparsity} keeps none of the {total} prunable weights."
            : $"Sparsity {sparsity} keeps {keep} of {total} prunable weights, but the previous mask has left only {remaining}, and masks only shrink.",
        keep <= 0 ? "Ask for less." : $"Ask for at least {1 - ((double)remaining / total):R}, or start without a previous mask.");
}
