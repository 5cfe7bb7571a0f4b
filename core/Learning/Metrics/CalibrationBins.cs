namespace SparsePipeline.Learning.Metrics;

/// <summary>
/// Calibration errors over equal-width confidence bins (Guo, Pleiss, Sun, Weinberger 2017, arXiv 1706.04599): the expected one,
/// Σ |B|/n · |accuracy(B) − confidence(B)| (eq. 3), and the maximum, max |accuracy(B) − confidence(B)|.
/// Bin k of n holds confidences in (k/n, (k+1)/n].
/// </summary>
/// <param name="count">Bins; all reports have 15, as most of the literature.</param>
internal sealed class CalibrationBins(int count = 15)
{
    private readonly long[] _examples = new long[count];
    private readonly double[] _correct = new double[count];
    private readonly double[] _confidence = new double[count];

    /// <param name="confidence">Probability of the predicted class, in (0, 1].</param>
    /// <param name="correct">Whether the prediction is right.</param>
    public void Add(double confidence, bool correct)
    {
        var bin = Math.Clamp((int)Math.Ceiling(confidence * count) - 1, 0, count - 1);
        _examples[bin]++;
        _correct[bin] += correct ? 1 : 0;
        _confidence[bin] += confidence;
    }

    /// <summary>In [0, 1]; 0 without examples.</summary>
    public double ExpectedError => Enumerable.Range(0, count).Sum(Gap) / Math.Max(1, _examples.Sum());

    /// <summary>In [0, 1]; empty bins have no error. A bin of few examples can make it large, so it is read beside the expected one.</summary>
    public double MaximumError => Enumerable.Range(0, count).Max(b => Gap(b) / Math.Max(1, _examples[b]));

    private double Gap(int bin) => Math.Abs(_correct[bin] - _confidence[bin]);
}
