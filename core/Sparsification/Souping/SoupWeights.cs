using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>Which weights candidates may be averaged with.</summary>
public static class SoupWeights
{
    /// <summary>What to do about <see cref="Problem"/>.</summary>
    public const string Remedy = "Give one number per candidate, at least 0 and not all 0; they are divided by their sum.";

    private const double Tolerance = 1e-9;

    /// <summary>What is wrong with weights that are still to be divided by their sum, or null.</summary>
    /// <param name="weights">One per candidate.</param>
    /// <param name="candidates">How many candidates there are.</param>
    public static string? Problem(IReadOnlyList<double> weights, int candidates) =>
        weights.Count != candidates ? Miscount(weights, candidates)
        : weights.Any(w => !(w >= 0)) ? $"{weights.First(w => !(w >= 0))} is below 0 or no number"
        : !double.IsFinite(weights.Sum()) ? "they add up to more than a number can hold"
        : weights.Sum() == 0 ? "they add up to 0"
        : null;

    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: not a convex combination of the candidates.</exception>
    internal static void Check(IReadOnlyList<double> weights, int candidates)
    {
        var problem =
            weights.Count != candidates ? Miscount(weights, candidates)
            : weights.Any(w => w is not (>= 0 and <= 1)) ? $"{weights.First(w => w is not (>= 0 and <= 1))} is not in [0, 1]"
            : Math.Abs(weights.Sum() - 1) > Tolerance ? $"they add up to {weights.Sum():R}"
            : null;
        if (problem is not null)
            throw new DomainException(
                FailureCodes.InvalidOption, $"weights are [{string.Join(", ", weights)}]: {problem}.", "Give one weight per candidate in [0, 1], 1 in all.");
    }

    private static string Miscount(IReadOnlyList<double> weights, int candidates) => $"there are {weights.Count} for {candidates} candidates";
}
