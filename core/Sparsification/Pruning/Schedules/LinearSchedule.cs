using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Each cycle prunes the same number of weights: s_j = s · j / k.</summary>
/// <remarks>
/// The exponent-1 member of the polynomials of Zhu and Gupta, arXiv 1710.01878, equation (1), whose exponent is 3: see <see cref="CubicSchedule"/>.
/// For k = 3 and s = 0.9 that is 0.3, 0.6, 0.9; of the weights that remain every cycle removes a larger fraction than the one before.
/// </remarks>
internal sealed class LinearSchedule : ISparsitySchedule
{
    public const string Name = "linear";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.SparsitySchedule,
        Name = Name,
        Title = "Linear",
        UseWhen = "Use to remove the same number of weights in every cycle, the plainest control of the other schedules.",
        Paper = "Zhu, Gupta, To prune, or not to prune, 2017, arXiv 1710.01878, equation (1) with exponent 1",
    };

    public IReadOnlyList<double> Levels(double target, int cycles) => PolynomialLevels.Of(target, cycles, exponent: 1);
}
