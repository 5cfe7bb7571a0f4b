using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics.Kinds;

/// <summary>The share of predictions whose five most probable classes hold the right one; of equal probabilities the first class counts.</summary>
internal sealed class TopFiveAccuracy : IMetric
{
    public const string Name = "top-5-accuracy";
    private const int Most = 5;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Metric,
        Name = Name,
        Title = "Top-5 accuracy",
        UseWhen = "Use it where many classes resemble each other, as in CIFAR-100 or a vocabulary; of five classes or fewer it is always 100 %.",
        Paper = "Russakovsky, Deng, Su et al.: ImageNet Large Scale Visual Recognition Challenge, IJCV 2015, arXiv 1409.0575",
        Figure = new FigureInfo(FigureInfo.Share, HigherIsBetter: true),
    };

    public IMetricSum Begin(int classes) => new Sum();

    private sealed class Sum : IMetricSum
    {
        private long _right;
        private long _all;

        public double? Value => _all == 0 ? null : (double)_right / _all;

        public void Add(ReadOnlySpan<float> logProbabilities, int label)
        {
            var before = 0;
            for (var c = 0; c < logProbabilities.Length; c++)
                before += logProbabilities[c] > logProbabilities[label] || (logProbabilities[c] == logProbabilities[label] && c < label) ? 1 : 0;
            _right += before < Most ? 1 : 0;
            _all++;
        }
    }
}
