using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Building;

/// <summary>Which share of a run's parameters is prunable: the same in every network of the run, since all have one structure.</summary>
internal static class PrunableShare
{
    /// <summary>The fraction of all parameters that are pruned weights, from that of the prunable ones; null when no cut tells the share.</summary>
    /// <param name="sparsity">Fraction of prunable weights that are zero.</param>
    /// <param name="cuts">Cuts of the run.</param>
    public static double? Of(double sparsity, IEnumerable<PruneReport> cuts) => sparsity == 0
        ? 0
        : cuts.Where(c => c.Sparsity > 0).Select(c => (double?)(sparsity == c.Sparsity ? c.GlobalSparsity : sparsity * c.GlobalSparsity / c.Sparsity)).FirstOrDefault();
}
