using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics.Kinds;

/// <summary>The mean of the recalls of all classes that occur: 1/|C| Σ right(c) / n(c).</summary>
internal sealed class BalancedAccuracy : IMetric
{
    public const string Name = "balanced-accuracy";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Metric,
        Name = Name,
        Title = "Balanced accuracy",
        UseWhen = "Use it where classes are of different size, so that a network cannot look good by the large ones alone.",
        Paper = "Brodersen, Ong, Stephan, Buhmann: The Balanced Accuracy and Its Posterior Distribution, ICPR 2010",
        Figure = new FigureInfo(FigureInfo.Share, HigherIsBetter: true),
    };

    public IMetricSum Begin(int classes) => new Sum(classes);

    private sealed class Sum(int classes) : IMetricSum
    {
        private readonly long[] _right = new long[classes];
        private readonly long[] _all = new long[classes];

        public double? Value => Recalls().Select(r => (double?)r).Average();

        public void Add(ReadOnlySpan<float> logProbabilities, int label)
        {
            _all[label]++;
            _right[label] += Predicted.Class(logProbabilities) == label ? 1 : 0;
        }

        private IEnumerable<double> Recalls() => _right.Zip(_all, (right, all) => (right, all)).Where(c => c.all > 0).Select(c => (double)c.right / c.all);
    }
}
