namespace SparsePipeline.Learning.Metrics;

/// <summary>
/// Calibration errors over 15 equal-width confidence bins (Guo, Pleiss, Sun, Weinberger 2017, arXiv 1706.04599): the expected one,
/// Σ |B|/n · |accuracy(B) − confidence(B)| (eq. 3), and the maximum, max |accuracy(B) − confidence(B)|.
/// Bin k holds confidences in (k/15, (k+1)/15].
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
    public double ExpectedError => Enumerable.Range(0, Count).Sum(Gap) / Math.Max(1, _examples.Sum());

    /// <summary>In [0, 1]; empty bins have no error. A bin of few examples can make it large, so it is read beside the expected one.</summary>
    public double MaximumError => Enumerable.Range(0, Count).Max(b => Gap(b) / Math.Max(1, _examples[b]));

    private double Gap(int bin) => Math.Abs(_correct[bin] - _confidence[bin]);
}
