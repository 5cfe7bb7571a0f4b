using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Solves the layers of a cut one after the other; memory is that of the largest layer and its statistics.</summary>
internal static class SolvedLayers
{
    /// <summary>Writes the solved weights as 64-bit numbers into a file of their own.</summary>
    /// <returns>The mask, and how far the outputs of every layer moved on the sample.</returns>
    /// <exception cref="DomainException">A layer has no solution.</exception>
    public static (SparsityMask Mask, IReadOnlyList<LayerError> Errors) Write(
        StateDict source, PruneRequest request, PlannedCut cut, IReadOnlyList<CutGroup> budget, string path, CancellationToken cancellationToken)
    {
        (cut.Structure as NOfMStructure)?.EnsureWholeGroups(cut.Tensors);
        var kept = budget.ToDictionary(g => g.Tensors.Single(), g => g.Kept);
        var (masks, errors) = (new List<TensorMask>(), new List<LayerError>());
        using var writer = StateDictWriter.Create(path, [.. cut.Tensors.Select(t => new TensorInfo(t.Name, TensorType.F64, [.. t.Shape]))]);
        for (var i = 0; i < cut.Tensors.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var problem = Problem(source, request, cut, cut.Tensors[i], kept[i]);
            var solution = ((ILayerSolver)cut.Pruner).Solve(problem, cut.Options, cancellationToken);
            var (mask, weights) = (Mask(cut.Tensors[i], solution.Kept), Pruned(solution));
            writer.WriteDoubles(mask.Name, 0, weights);
            masks.Add(mask);
            errors.Add(new LayerError(mask.Name, OutputError.Relative(problem, weights)));
        }

        writer.Complete();
        return (new SparsityMask(masks), errors);
    }

    /// <summary>The weights of one layer, those that are pruned 0.</summary>
    public static double[] Weights(StateDict source, PruneRequest request, PlannedCut cut, PrunableTensor tensor, long kept, CancellationToken cancellationToken) =>
        Pruned(((ILayerSolver)cut.Pruner).Solve(Problem(source, request, cut, tensor, kept), cut.Options, cancellationToken));

    private static LayerProblem Problem(StateDict source, PruneRequest request, PlannedCut cut, PrunableTensor tensor, long kept)
    {
        var weights = new double[tensor.Total];
        source.ReadDoubles(tensor.Name, 0, weights);
        if (!Array.TrueForAll(weights, double.IsFinite))
            source.EnsureFinite();
        var rows = checked((int)tensor.Shape[0]);
        return new LayerProblem
        {
            Name = tensor.Name,
            Rows = rows,
            Columns = weights.Length / Math.Max(1, rows),
            Places = checked((int)tensor.Shape.Skip(2).Aggregate(1L, (a, b) => a * b)),
            Weights = weights,
            Statistics = request.Statistics!.Find(tensor.Name, products: true)!,
            Kept = kept,
            Pattern = (cut.Structure as NOfMStructure)?.Pattern,
            Ceiling = request.PreviousMask?.Find(tensor.Name),
            Seed = SeedDerivation.Derive(request.Seed, $"prune/{tensor.Name}"),
        };
    }

    private static TensorMask Mask(PrunableTensor tensor, bool[] kept)
    {
        var words = new ulong[TensorMask.WordsFor(tensor.Total)];
        for (var i = 0; i < kept.Length; i++)
            words[i / 64] |= (kept[i] ? 1UL : 0) << (i % 64);
        return new TensorMask(tensor.Name, [.. tensor.Shape], ImmutableCollectionsMarshal.AsImmutableArray(words));
    }

    private static double[] Pruned(LayerSolution solution) => [.. solution.Weights.Zip(solution.Kept, (weight, kept) => kept ? weight : 0)];
}
