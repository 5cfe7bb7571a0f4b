namespace SparsePipeline.Learning.Metrics;

/// <summary>What is predicted.</summary>
internal static class Predicted
{
    /// <summary>The most probable class; of equal ones the first.</summary>
    public static int Class(ReadOnlySpan<float> logProbabilities)
    {
        var best = 0;
        for (var c = 1; c < logProbabilities.Length; c++)
            best = logProbabilities[c] > logProbabilities[best] ? c : best;
        return best;
    }
}
