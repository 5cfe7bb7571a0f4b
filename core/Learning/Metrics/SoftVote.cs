namespace SparsePipeline.Learning.Metrics;

/// <summary>
/// What several networks predict together: p(y|x) = 1/M Σ pₘ(y|x) (Lakshminarayanan, Pritzel, Blundell 2017, arXiv 1612.01474, section 2.4).
/// </summary>
internal static class SoftVote
{
    /// <param name="logProbabilities">One array per network, all of the same examples and classes.</param>
    /// <returns>Logarithms of the mean probabilities, summed in the order given; those of a single network as they are.</returns>
    public static float[] Of(IReadOnlyList<float[]> logProbabilities)
    {
        if (logProbabilities.Count == 1)
            return logProbabilities[0];
        var result = new float[logProbabilities[0].Length];
        for (var i = 0; i < result.Length; i++)
            result[i] = (float)Mean(logProbabilities, i);
        return result;
    }

    // Relative to the largest, since probabilities as small as losses of hundreds of nats vanish in any number format.
    private static double Mean(IReadOnlyList<float[]> logProbabilities, int position)
    {
        var (largest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var network in logProbabilities)
            largest = Math.Max(largest, network[position]);
        if (double.IsNegativeInfinity(largest))
            return largest;
        foreach (var network in logProbabilities)
            sum += Math.Exp(network[position] - largest);
        return largest + Math.Log(sum / logProbabilities.Count);
    }
}
