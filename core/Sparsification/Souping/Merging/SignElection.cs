namespace SparsePipeline.Sparsification.Souping;

/// <summary>The sign of the sum is elected, and the differences of that sign are averaged; 0 when they cancel.</summary>
internal sealed class SignElection : IDeltaCombination
{
    public double Of(ReadOnlySpan<double> deltas)
    {
        var sum = 0.0;
        foreach (var delta in deltas)
            sum += delta;
        // NaN is handed on, for the check that names its tensor.
        return double.IsNaN(sum) ? sum : MeanOf(deltas, Math.Sign(sum));
    }

    private static double MeanOf(ReadOnlySpan<double> deltas, int sign)
    {
        var (mean, count) = (0.0, 0);
        foreach (var delta in deltas)
            if (delta != 0 && Math.Sign(delta) == sign)
                // Number by number, so that the mean of equal numbers is that number.
                mean += (delta - mean) / ++count;
        return mean;
    }
}
