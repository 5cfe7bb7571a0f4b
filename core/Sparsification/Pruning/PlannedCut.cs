using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>A request made definite: methods looked up, tensors selected, weights counted.</summary>
/// <param name="Tensors">The prunable tensors in ordinal order of their names.</param>
/// <param name="Keep">Weights to keep among them.</param>
/// <param name="Options">The pruner's.</param>
internal sealed record PlannedCut(
    IPruner Pruner, IAllocation Allocation, IStructure Structure, IReadOnlyList<PrunableTensor> Tensors, long Keep, OptionValues Options)
{
    /// <summary>Whether weights compete only with those of their row.</summary>
    public bool ByRow { get; } = Pruner.ByRow(Options);

    public long Total { get; } = Tensors.Sum(t => t.Total);

    public long Remaining { get; } = Tensors.Sum(t => t.Remaining);

    /// <summary>Weights by which a cut may keep fewer than <see cref="Keep"/>: less than one unit of every layer.</summary>
    public long Slack { get; } = CutTensors.Slack(Structure, Tensors);

    /// <param name="source">The checkpoint.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="statisticsCome">Whether statistics become known layer by layer, so that none are there yet.</param>
    /// <exception cref="DomainException">The request does not fit the checkpoint, or contradicts itself.</exception>
    public static PlannedCut Of(StateDict source, PruneRequest request, bool statisticsCome = false)
    {
        if (request.Sparsity is not (>= 0 and < 1))
            throw new DomainException(
                FailureCodes.InvalidOption, $"sparsity is {request.Sparsity}.", "Give a fraction in [0, 1), such as 0.9 for 90 %.");
        var pruner = Pruners.Registry.Find(request.Method);
        var options = new OptionValues(pruner.Info, request.Method.Options);
        var allocation = Allocations.Find(request.Allocation ?? pruner.Allocation);
        var structure = Structures.Find(request.Structure);
        if (allocation.ProblemWith(pruner) is { } problem)
            throw new DomainException(FailureCodes.InvalidOption, $"The allocation {problem}.", $"Leave it out for the pruner's own, '{pruner.Allocation}', or use another pruner.");
        SelectionCheck.Ensure(source.Tensors, request.Tensors);
        if (request.Tensors.Layers.Values.Prepend(request.Sparsity).Select(s => StructureFit.Problem(structure, pruner, allocation, s)).OfType<string>().FirstOrDefault() is { } misfit)
            throw new DomainException(FailureCodes.InvalidOption, $"The structure {misfit}.", $"Change the one or the other, or use '{UnstructuredStructure.Name}'.");
        var tensors = CutTensors.Of(source, request, structure, pruner);
        if (!statisticsCome)
            CutStatistics.Ensure(pruner, tensors, request.Statistics);
        var others = tensors.Where(t => t.Kept is null).ToList();
        var shared = CutTensors.Keep(others.Sum(t => t.Total), others.Sum(t => t.Remaining), CutTensors.Slack(structure, others), request.Sparsity, pruner);
        var keep = tensors.Sum(t => t.Kept ?? 0) + shared;
        // What layers keep by sparsities of their own is no reason to empty all the others.
        return keep > 0 && (shared > 0 || others.Count == 0) ? new PlannedCut(pruner, allocation, structure, tensors, keep, options) : throw new DomainException(
            FailureCodes.UnreachableSparsity,
            $"Sparsity {request.Sparsity} keeps none of the {(others.Count > 0 ? others : tensors).Sum(t => t.Total)} prunable weights{(others.Count < tensors.Count && others.Count > 0 ? " of layers without a sparsity of their own" : "")}.",
            "Ask for less.");
    }
}
