using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>How sparsity grows over the prune–retrain cycles.</summary>
public interface ISparsitySchedule : IMethod
{
    /// <summary>Cumulative sparsity after each cycle: ascending, in [0, 1), the last one exactly <paramref name="target"/>.</summary>
    /// <param name="target">Fraction of prunable weights that are zero at the end, in [0, 1).</param>
    /// <param name="cycles">Number of cycles, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    IReadOnlyList<double> Levels(double target, int cycles);
}
