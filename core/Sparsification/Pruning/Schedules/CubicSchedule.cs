using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Prunes much while weights are plenty and little at the end: s_j = s − s · (1 − j / k)³.</summary>
/// <remarks>
/// Zhu, Gupta, "To prune, or not to prune: exploring the efficacy of pruning for model compression", 2017, arXiv 1710.01878, equation (1),
/// s_t = s_f + (s_i − s_f)(1 − (t − t₀) / (nΔt))³ with s_i = 0. They cut every few hundred iterations of one training; here a step of the
/// ramp is a prune–retrain cycle. For k = 3 and s = 0.9: 0.6333, 0.8667, 0.9.
/// </remarks>
internal sealed class CubicSchedule : ISparsitySchedule
{
    public const string Name = "cubic";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.SparsitySchedule,
        Name = Name,
        Title = "Cubic",
        UseWhen = "Use with many cycles to follow gradual magnitude pruning (GMP): large cuts first, small ones near the target.",
        Paper = "Zhu, Gupta, To prune, or not to prune, 2017, arXiv 1710.01878, equation (1)",
    };

    public IReadOnlyList<double> Levels(double target, int cycles) => PolynomialLevels.Of(target, cycles, exponent: 3);
}
