namespace SparsePipeline.Sparsification.Pruning;

/// <summary>s_j = s − s · (1 − j / k)ⁿ, the last level exactly s.</summary>
internal static class PolynomialLevels
{
    public static IReadOnlyList<double> Of(double target, int cycles, int exponent)
    {
        ScheduleArguments.Check(target, cycles);
        return [.. Enumerable.Range(1, cycles).Select(j => target * (1 - Math.Pow((double)(cycles - j) / cycles, exponent)))];
    }
}
