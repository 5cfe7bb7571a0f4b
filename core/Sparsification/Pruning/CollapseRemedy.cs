using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>What would leave a layer more than a cut has: no allocation is named that would not.</summary>
internal static class CollapseRemedy
{
    /// <summary>A sentence.</summary>
    /// <param name="cut">The cut that was made.</param>
    /// <param name="layer">What it left of the layer.</param>
    public static string Of(PlannedCut cut, LayerCompression layer)
    {
        var named = Better(cut, layer).Select(a => $"'{a}'").ToList();
        return $"Exclude '{layer.Name}'{(layer.Total > 1 ? ", give it a sparsity of its own" : "")}, "
            + $"{(named.Count > 0 ? $"use the allocation {string.Join(" or ", named)}, " : "")}or prune less.";
    }

    private static IEnumerable<string> Better(PlannedCut cut, LayerCompression layer)
    {
        var tensors = new TensorsAlone(cut.Tensors);
        var index = cut.Tensors.Select((t, i) => (t.Name, i)).First(t => t.Name == layer.Name).i;
        return from allocation in new[] { UniformAllocation.Name, ErkAllocation.Name }
               where allocation != cut.Allocation.Info.Name && cut.Structure.Density is null
               let kept = SharedBudget.Of(Allocations.Find(allocation), tensors, cut.Keep).Single(g => g.Tensors.Contains(index)).Kept
               where kept > layer.Kept && kept >= CollapseAlarm.LeastDensity * layer.Total
               select allocation;
    }

    /// <summary>Enough for allocations that go by shapes.</summary>
    private sealed class TensorsAlone(IReadOnlyList<PrunableTensor> tensors) : IScoreSource
    {
        public IReadOnlyList<PrunableTensor> Tensors => tensors;

        public int Parallelism => 1;

        public void Read(int tensor, long start, Span<float> scores) => throw new NotSupportedException("These allocations read no scores.");
    }
}
