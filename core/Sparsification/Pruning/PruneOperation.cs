using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Computes one mask for a checkpoint, applies it, and says what the cut did.</summary>
public static class PruneOperation
{
    /// <summary>Prunes a state dict into two new files.</summary>
    /// <param name="source">The checkpoint; only read.</param>
    /// <param name="request">The method and how much.</param>
    /// <param name="outputCheckpoint">Gets all tensors of the source, pruned weights exactly 0.</param>
    /// <param name="outputMask">
    /// Gets the mask, which keeps exactly Total − round(Total · sparsity) weights, tensors with sparsities of their own counted by themselves;
    /// where a structure cuts whole units, the best units that fit into that number.
    /// </param>
    /// <param name="cancellationToken">Looked at between layers, by pruners that solve them.</param>
    /// <returns>Counts per layer, norm drop d = √|‖W‖² − ‖W_p‖²| / ‖W‖ over all parameters, warnings.</returns>
    /// <remarks>
    /// Same source and request, same bytes, whatever the processor and its number of cores. Tied scores: the lower flat index stays,
    /// tensors in ordinal order of their names. Masks only shrink: what the previous mask prunes stays pruned.
    /// </remarks>
    /// <exception cref="DomainException">
    /// <see cref="FailureCodes.UnknownMethod"/>, <see cref="FailureCodes.InvalidOption"/>, <see cref="FailureCodes.MaskMismatch"/>
    /// (previous mask of another structure), <see cref="FailureCodes.UnreachableSparsity"/> or <see cref="FailureCodes.NotFinite"/>.
    /// </exception>
    public static PruneReport Run(StateDict source, PruneRequest request, string outputCheckpoint, string outputMask, CancellationToken cancellationToken = default) =>
        Run(source, request, new CheckpointTarget(outputCheckpoint), outputMask, Environment.ProcessorCount, cancellationToken);

    /// <summary>As the other, into files like the source's own or into another type; kept weights are rounded to it, the mask is the same.</summary>
    /// <inheritdoc cref="Run(StateDict, PruneRequest, string, string, CancellationToken)"/>
    public static PruneReport Run(StateDict source, PruneRequest request, CheckpointTarget outputCheckpoint, string outputMask) =>
        Run(source, request, outputCheckpoint, outputMask, Environment.ProcessorCount);

    internal static PruneReport Run(StateDict source, PruneRequest request, string outputCheckpoint, string outputMask, int threads) =>
        Run(source, request, new CheckpointTarget(outputCheckpoint), outputMask, threads);

    private static PruneReport Run(
        StateDict source, PruneRequest request, CheckpointTarget outputCheckpoint, string outputMask, int threads, CancellationToken cancellationToken = default)
    {
        request = request.Bounded(source);
        var cut = PlannedCut.Of(source, request);
        if (cut.Pruner is ILayerSolver)
            return Solve(source, request, cut, outputCheckpoint, outputMask, threads, cancellationToken);
        var mask = SelectOrTellAll(source, request, cut, threads);
        var norms = PrunedCheckpoint.Write(source, mask, outputCheckpoint, threads);
        mask.Save(outputMask);
        return CutReport.Of(source, request, mask, cut, norms);
    }

    private static PruneReport Solve(
        StateDict source, PruneRequest request, PlannedCut cut, CheckpointTarget output, string outputMask, int threads, CancellationToken cancellationToken)
    {
        if (request.Solution is { } known)
            return Apply(source, request, cut, known, output, outputMask, threads);
        var budget = SharedBudget.Of(cut.Allocation, new CheckpointScores(source, cut, request, threads), cut.Keep);
        var file = TemporaryName.Beside(Path.Combine(output.Folder, Path.GetFileName(output.Files.First())));
        try
        {
            SolvedLayers.Write(source, request, cut, budget, file, cancellationToken);
            using var solution = SolutionFile.Open(file);
            return Apply(source, request, cut, solution, output, outputMask, threads);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static PruneReport Apply(
        StateDict source, PruneRequest request, PlannedCut cut, SolutionFile solution, CheckpointTarget output, string outputMask, int threads)
    {
        var (mask, errors) = solution.Of(cut.Tensors);
        var norms = PrunedCheckpoint.Write(source, mask, output, threads, solution.Weights);
        Exact(cut, mask).Save(outputMask);
        return CutReport.Of(source, request, mask, cut, norms) with { Reconstruction = errors };
    }

    // A score stops at the first value that cannot be compared; who mends a checkpoint wants to know all layers.
    private static SparsityMask SelectOrTellAll(StateDict source, PruneRequest request, PlannedCut cut, int threads)
    {
        try
        {
            return Select(source, request, cut, threads);
        }
        catch (DomainException first) when (first.Failure.Code == FailureCodes.NotFinite && source.NotFinitePlaces() is { Count: > 1 } all)
        {
            throw new DomainException(FailureCodes.NotFinite, $"{all.Count} tensors hold NaN or infinity: {NameList.Text(all)}.", first.Failure.Remedy);
        }
    }

    private static SparsityMask Select(StateDict source, PruneRequest request, PlannedCut cut, int threads)
    {
        var scores = new CheckpointScores(source, cut, request, threads);
        var words = cut.Tensors.Select(t => new ulong[TensorMask.WordsFor(t.Total)]).ToArray();
        cut.Structure.Select(scores, [.. SharedBudget.Of(cut.Allocation, scores, cut.Keep).Select(g => g with { ByRow = cut.ByRow })], words);
        return Exact(cut, new SparsityMask(cut.Tensors.Select((tensor, i) =>
            new TensorMask(tensor.Name, [.. tensor.Shape], ImmutableCollectionsMarshal.AsImmutableArray(words[i])))));
    }

    private static SparsityMask Exact(PlannedCut cut, SparsityMask mask) =>
        mask.Kept <= cut.Keep && mask.Kept >= cut.Keep - cut.Slack ? mask : throw new InvalidOperationException(
            $"'{cut.Structure.Info.Name}' with '{cut.Allocation.Info.Name}' kept {mask.Kept} weights, not {cut.Keep} or up to {cut.Slack} fewer.");
}
