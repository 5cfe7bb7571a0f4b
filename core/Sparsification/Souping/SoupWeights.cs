using SparsePipeline.Contracts;

namespace SparsePipeline.Sparsification.Souping;

internal static class SoupWeights
{
    private const double Tolerance = 1e-9;

    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: not a convex combination of the candidates.</exception>
    public static void Check(IReadOnlyList<double> weights, int candidates)
    {
        var problem =
            weights.Count != candidates ? $"there are {weights.Count} for {candidates} candidates"
            : weights.Any(w => w is not (>= 0 and <= 1)) ? $"{weights.First(w => w is not (>= 0 and <= 1))} is not in [0, 1]"
            : Math.Abs(weights.Sum() - 1) > Tolerance ? $"they add up to {weights.Sum():R}"
            : null;
        if (problem is not null)
            throw new DomainException(
                FailureCodes.InvalidOption, $"weights are [{string.Join(", ", weights)}]: {problem}.", "Give one weight per candidate in [0, 1], 1 in all.");
    }
}
