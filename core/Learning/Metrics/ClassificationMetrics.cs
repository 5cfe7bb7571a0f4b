using System.Numerics;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics;

/// <summary>Classification metrics from log-probabilities, in double precision and example order, so that they repeat.</summary>
/// <param name="classes">Number of classes.</param>
/// <param name="positions">Predictions per example; those of one example hang together.</param>
/// <param name="further">What is asked for besides.</param>
internal sealed class ClassificationMetrics(int classes, int positions = 1, IReadOnlyList<IMetric>? further = null)
{
    private readonly (string Name, IMetricSum Sum)[] _further = [.. (further ?? []).Select(m => (m.Info.Name, m.Begin(classes)))];
    private readonly long[] _correct = new long[classes];
    private readonly long[] _total = new long[classes];
    private readonly CalibrationBins _calibration = new();
    private readonly ClusteredShare _clusters = new(positions);
    private readonly List<bool> _right = [];
    private int _predictions;
    private double _loss;
    private double _brier;

    /// <summary>The metrics of one prediction per example.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a log-probability is NaN.</exception>
    public static SplitReport Of(ReadOnlySpan<float> logProbabilities, ReadOnlySpan<byte> labels, int classes)
    {
        var metrics = new ClassificationMetrics(classes);
        metrics.Add(logProbabilities, labels);
        return metrics.Report();
    }

    /// <summary>Takes in the next examples, whole ones.</summary>
    /// <param name="logProbabilities">predictions × classes, row by row.</param>
    /// <param name="labels">Class per prediction.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a log-probability is NaN.</exception>
    public void Add<T>(ReadOnlySpan<float> logProbabilities, ReadOnlySpan<T> labels)
        where T : struct, IBinaryInteger<T>
    {
        for (var i = 0; i < labels.Length; i++)
            Add(logProbabilities.Slice(i * classes, classes), int.CreateTruncating(labels[i]), _predictions++);
    }

    /// <summary>The metrics of everything taken in.</summary>
    /// <param name="kind">What the data is, one of <see cref="DataKinds"/>.</param>
    public SplitReport Report(string kind = DataKinds.Images)
    {
        var accuracy = (double)_correct.Sum() / _predictions;
        var recalls = _correct.Zip(_total, (c, n) => n == 0 ? (double?)null : (double)c / n).ToArray();
        var worst = Array.IndexOf(recalls, recalls.Min());
        var effective = positions == 1 ? (int?)null : _clusters.EffectiveSize;
        return new SplitReport
        {
            Examples = _predictions,
            EffectiveExamples = effective,
            Accuracy = accuracy,
            AccuracyInterval = effective is { } n ? WilsonInterval.Of(accuracy * n, n) : WilsonInterval.Of(_correct.Sum(), _predictions),
            Loss = _loss / _predictions,
            BitsPerCharacter = kind == DataKinds.Text ? _loss / _predictions / Math.Log(2) : null,
            ExpectedCalibrationError = _calibration.ExpectedError,
            MaximumCalibrationError = _calibration.MaximumError,
            BrierScore = _brier / _predictions,
            WorstClassAccuracy = recalls[worst]!.Value,
            WorstClassInterval = WilsonInterval.Of(_correct[worst], _total[worst]),
            Metrics = _further.Length == 0 ? null : Further(),
            ClassAccuracies = recalls,
        };
    }

    /// <summary>Which predictions taken in are right.</summary>
    public CorrectExamples Correctness() => CorrectExamples.Of(_right, positions);

    private void Add(ReadOnlySpan<float> row, int label, int prediction)
    {
        var predicted = Largest(row, prediction);
        var right = predicted == label;
        _total[label]++;
        _correct[label] += right ? 1 : 0;
        _clusters.Add(right);
        _right.Add(right);
        _loss -= row[label];
        _brier += SquaredDistance(row, label);
        _calibration.Add(Math.Exp(row[predicted]), right);
        foreach (var (_, sum) in _further)
            sum.Add(row, label);
    }

    private SortedDictionary<string, double> Further() => new(
        _further.Where(m => m.Sum.Value is not null).ToDictionary(m => m.Name, m => m.Sum.Value!.Value), StringComparer.Ordinal);

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
    private static int Largest(ReadOnlySpan<float> row, int prediction)
    {
        var best = 0;
        for (var c = 0; c < row.Length; c++)
        {
            if (float.IsNaN(row[c]))
                throw new DomainException(
                    FailureCodes.NotFinite,
                    $"The network's output for prediction {prediction}, class {c} is not a number.",
                    "Use a checkpoint from before the training diverged.");
            if (row[c] > row[best])
                best = c;
        }
        return best;
    }
}
