using System.Numerics;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Layer-adaptive magnitude: one threshold over each weight's share of what is at least as large as it in its layer.</summary>
/// <remarks>
/// Lee, Park, Mo, Ahn, Shin, "Layer-adaptive sparsity for the magnitude-based pruning", ICLR 2021, arXiv 2010.07611, the LAMP score: with a
/// layer's weights in ascending order of magnitude, score(u) = W[u]² / Σ_{v ≥ u} W[v]². Within a layer it ascends with the magnitude, so
/// it decides only how many weights each layer keeps, and the cut itself stays one by magnitude. The largest weight of a layer scores 1:
/// no layer is emptied while there are as many weights to keep as layers. Weights that earlier cuts pruned take no part.
/// Tied scores: the tensor first in ordinal order keeps more. O(n log n) time; 4 bytes of memory per remaining weight, 8 where they are F64.
/// </remarks>
internal sealed class LampAllocation : IAllocation
{
    public const string Name = "lamp";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Allocation,
        Name = Name,
        Title = "Layer-adaptive magnitude (LAMP)",
        UseWhen = "Use with magnitude pruners at high sparsity: layers shrink by what their weights are worth, and none is emptied.",
        Traits = MethodTraits.OwnDensities | MethodTraits.ComparesLayers,
        Paper = "Lee, Park, Mo, Ahn, Shin, Layer-adaptive sparsity for the magnitude-based pruning, ICLR 2021, arXiv 2010.07611",
    };

    public string? ProblemWith(IPruner pruner) => pruner.Score is MagnitudeScore
        ? null
        : $"'{Name}' compares magnitudes within each layer, and the pruner '{pruner.Info.Name}' does not score by magnitude";

    public IReadOnlyList<CutGroup> Allocate(IScoreSource scores, long kept) =>
        scores.IsWide ? Allocate<double>(scores, kept) : Allocate<float>(scores, kept);

    private static IReadOnlyList<CutGroup> Allocate<T>(IScoreSource scores, long kept)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layers = new T[scores.Tensors.Count][];
        Parallel.For(0, layers.Length, new ParallelOptions { MaxDegreeOfParallelism = scores.Parallelism }, i => layers[i] = LampScores.Of<T>(scores, i));
        if (layers.Any(l => l.Length > 0 && !T.IsFinite(l[^1])))
            NotFiniteScore.Throw(scores, new CutGroup([.. Enumerable.Range(0, layers.Length)], kept));
        return [.. Counts(layers, kept).Select((count, tensor) => new CutGroup([tensor], count))];
    }

    /// <summary>How many of the <paramref name="kept"/> highest scores each ascending list has.</summary>
    private static long[] Counts<T>(T[][] layers, long kept)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Bits of floats from 0 up are ordered as the floats are: the lowest threshold that at most so many scores exceed, by bisection.
        var (low, high) = (-1L, ScoreReading.Bits(T.One));
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (layers.Sum(l => Above(l, middle)) <= kept)
                high = middle;
            else
                low = middle;
        }

        long[] counts = [.. layers.Select(l => Above(l, high))];
        var ties = kept - counts.Sum();
        for (var i = 0; i < layers.Length; i++)
        {
            var more = Math.Min(ties, Above(layers[i], high - 1) - counts[i]);
            counts[i] += more;
            ties -= more;
        }

        return counts;
    }

    private static long Above<T>(T[] ascending, long bits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (from, to) = (0, ascending.Length);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            if (ScoreReading.Bits(ascending[middle]) > bits)
                to = middle;
            else
                from = middle + 1;
        }

        return ascending.Length - from;
    }
}
