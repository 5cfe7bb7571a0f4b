namespace SparsePipeline.Learning.Schedules;

/// <summary>The learning rate of every iteration of a training.</summary>
/// <param name="Rates">One rate per iteration, each at least 0.</param>
/// <param name="WarmupIterations">How many leading iterations only warm up.</param>
internal sealed record LearningRatePlan(double[] Rates, int WarmupIterations)
{
    /// <summary>
    /// A plan that rises over the first <paramref name="warmup"/> iterations and then follows <paramref name="shape"/>,
    /// which gets (i, n): the i-th of the n iterations after the warm-up.
    /// </summary>
    public static LearningRatePlan Of(int iterations, int warmup, double peak, Func<int, int, double> shape)
    {
        var rates = new double[iterations];
        for (var t = 0; t < iterations; t++)
            rates[t] = t < warmup ? Warmup.Rate(t, warmup, peak) : shape(t - warmup, iterations - warmup);
        return new LearningRatePlan(rates, warmup);
    }
}
