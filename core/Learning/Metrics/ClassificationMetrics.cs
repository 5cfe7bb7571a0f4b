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
        var loss = 0.0;
        for (var i = 0; i < labels.Count; i++)
        {
            var row = logProbabilities.Slice(i * classes, classes);
            var predicted = Largest(row, i);
            total[labels[i]]++;
            correct[labels[i]] += predicted == labels[i] ? 1 : 0;
            loss -= row[labels[i]];
            calibration.Add(Math.Exp(row[predicted]), predicted == labels[i]);
        }
        return Report(labels.Count, correct, total, loss, calibration);
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

    private static SplitReport Report(int examples, long[] correct, long[] total, double loss, CalibrationBins calibration)
    {
        var recalls = correct.Zip(total, (c, n) => n == 0 ? (double?)null : (double)c / n).ToArray();
        return new SplitReport
        {
            Examples = examples,
            Accuracy = (double)correct.Sum() / examples,
            Loss = loss / examples,
            ExpectedCalibrationError = calibration.Error,
            WorstClassAccuracy = recalls.OfType<double>().Min(),
            ClassAccuracies = recalls,
        };
    }
}
