using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Each cycle prunes the same fraction p = 1 − (1−s)^(1/k) of the weights that remain.</summary>
/// <remarks>
/// After cycle j the sparsity is 1 − (1−p)^j = 1 − (1−s)^(j/k): for k = 3 and s = 0.98 that is 0.7286, 0.9263, 0.98.
/// Source: Zimmer, Spiegel, Pokutta, "Sparse Model Soups", ICLR 2024, arXiv 2306.16788; the rate is that of iterative magnitude
/// pruning (Han et al. 2015). The last level is the target itself, not its rounding through the power.
/// </remarks>
internal sealed class GeometricSchedule : ISparsitySchedule
{
    public const string Name = "geometric";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.SparsitySchedule,
        Name = Name,
        Title = "Geometric",
        UseWhen = "Use for iterative pruning: every cycle removes the same fraction of what is left.",
        Paper = "Zimmer, Spiegel, Pokutta, Sparse Model Soups, ICLR 2024, arXiv 2306.16788",
    };

    public IReadOnlyList<double> Levels(double target, int cycles)
    {
        ScheduleArguments.Check(target, cycles);
        return [.. Enumerable.Range(1, cycles).Select(j => j == cycles ? target : Math.Min(target, 1 - Math.Pow(1 - target, (double)j / cycles)))];
    }
}
