using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Classification metrics from log-probabilities, in double precision and example order, so that they repeat.</summary>
internal static class ClassificationMetrics
{
    /// <param name="logProbabilities">examples × classes, row by row.</param>
    /// <param name="labels">Class per example.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a log-probability is NaN.</exception>
    public static SplitReport Of(ReadOnlySpan<float> logProbabilities, IReadOnlyList<byte> labels, int classes)
    {
        var correct = new long[classes];
        var total = new long[classes];
        var calibration = new CalibrationBins();
        var (loss, brier) = (0.0, 0.0);
        for (var i = 0; i < labels.Count; i++)
        {
            var row = logProbabilities.Slice(i * classes, classes);
            var predicted = Largest(row, i);
            total[labels[i]]++;
            correct[labels[i]] += predicted == labels[i] ? 1 : 0;
            loss -= row[labels[i]];
            brier += SquaredDistance(row, labels[i]);
            calibration.Add(Math.Exp(row[predicted]), predicted == labels[i]);
        }
        return Report(correct, total, loss, brier, calibration);
    }

    /// <summary>Σ over classes of (probability − truth)², one example's share of the Brier score (Brier 1950).</summary>
    private static double SquaredDistance(ReadOnlySpan<float> row, int label)
    {
        var sum = 0.0;
        for (var c = 0; c < row.Length; c++)
        {
            var distance = Math.Exp(row[c]) - (c == label ? 1 : 0);
            sum += distance * distance;
        }
        return sum;
    }

    /// <summary>Position of the largest value; of equal ones the first.</summary>
    private static int Largest(ReadOnlySpan<float> row, int example)
    {
        var best = 0;
        for (var c = 0; c < row.Length; c++)
        {
            if (float.IsNaN(row[c]))
                throw new DomainException(
                    FailureCodes.NotFinite,
                    $"The network's output for example {example}, class {c} is not a number.",
                    "Use a checkpoint from before the training diverged.");
            if (row[c] > row[best])
                best = c;
        }
        return best;
    }

    private static SplitReport Report(long[] correct, long[] total, double loss, double brier, CalibrationBins calibration)
    {
        var examples = total.Sum();
        var recalls = correct.Zip(total, (c, n) => n == 0 ? (double?)null : (double)c / n).ToArray();
        var worst = Array.IndexOf(recalls, recalls.Min());
        return new SplitReport
        {
            Examples = (int)examples,
            Accuracy = (double)correct.Sum() / examples,
            AccuracyInterval = WilsonInterval.Of(correct.Sum(), examples),
            Loss = loss / examples,
            ExpectedCalibrationError = calibration.ExpectedError,
            MaximumCalibrationError = calibration.MaximumError,
            BrierScore = brier / examples,
            WorstClassAccuracy = recalls[worst]!.Value,
            WorstClassInterval = WilsonInterval.Of(correct[worst], total[worst]),
            ClassAccuracies = recalls,
        };
    }
}
