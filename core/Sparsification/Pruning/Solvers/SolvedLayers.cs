using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Solves the layers of a cut one after the other; memory is that of the largest layer and its statistics.</summary>
internal static class SolvedLayers
{
    /// <summary>Writes a <see cref="SolutionFile"/> of all layers.</summary>
    /// <exception cref="DomainException">A layer has no solution.</exception>
    public static void Write(
        StateDict source, PruneRequest request, PlannedCut cut, IReadOnlyList<CutGroup> budget, string path, CancellationToken cancellationToken)
    {
        (cut.Structure as NOfMStructure)?.EnsureWholeGroups(cut.Tensors);
        var kept = budget.ToDictionary(g => g.Tensors.Single(), g => g.Kept);
        using var writer = new SolutionWriter(path, cut.Tensors);
        for (var i = 0; i < cut.Tensors.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(Solve(source, request, cut, cut.Tensors[i], kept[i], cancellationToken));
        }

        writer.TryComplete();
    }

    /// <summary>One layer.</summary>
    /// <exception cref="DomainException">It has no solution.</exception>
    public static SolvedLayer Solve(StateDict source, PruneRequest request, PlannedCut cut, PrunableTensor tensor, long kept, CancellationToken cancellationToken)
    {
        var problem = Problem(source, request, cut, tensor, kept);
        var solution = ((ILayerSolver)cut.Pruner).Solve(problem, cut.Options, cancellationToken);
        var weights = Pruned(solution);
        return new SolvedLayer(Mask(tensor, solution.Kept), weights, OutputError.Relative(problem, weights));
    }

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
