namespace SparsePipeline.Learning.Metrics;

/// <summary>
/// Expected calibration error over 15 equal-width confidence bins (Guo, Pleiss, Sun, Weinberger 2017, arXiv 1706.04599, eq. 3):
/// Σ |B|/n · |accuracy(B) − confidence(B)|. Bin k holds confidences in (k/15, (k+1)/15].
/// </summary>
internal sealed class CalibrationBins
{
    private const int Count = 15;
    private readonly long[] _examples = new long[Count];
    private readonly double[] _correct = new double[Count];
    private readonly double[] _confidence = new double[Count];

    /// <param name="confidence">Probability of the predicted class, in (0, 1].</param>
    /// <param name="correct">Whether the prediction is right.</param>
    public void Add(double confidence, bool correct)
    {
        var bin = Math.Clamp((int)Math.Ceiling(confidence * Count) - 1, 0, Count - 1);
        _examples[bin]++;
        _correct[bin] += correct ? 1 : 0;
        _confidence[bin] += confidence;
    }

    /// <summary>In [0, 1]; 0 without examples.</summary>
    public double Error => Enumerable.Range(0, Count).Sum(b => Math.Abs(_correct[b] - _confidence[b])) / Math.Max(1, _examples.Sum());
}
