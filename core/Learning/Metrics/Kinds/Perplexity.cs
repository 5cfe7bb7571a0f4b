using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics.Kinds;

/// <summary>exp of the mean negative log-likelihood: among how many equally likely classes the network seems to choose.</summary>
internal sealed class Perplexity : IMetric
{
    public const string Name = "perplexity";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Metric,
        Name = Name,
        Title = "Perplexity",
        UseWhen = "Use it for text, where it is what papers report; it says the same as the loss.",
        Paper = "Jelinek, Mercer, Bahl, Baker: Perplexity: A Measure of the Difficulty of Speech Recognition Tasks, JASA 62, 1977",
        Figure = new FigureInfo(FigureInfo.Real, HigherIsBetter: false),
    };

    public IMetricSum Begin(int classes) => new Sum();

    private sealed class Sum : IMetricSum
    {
        private double _loss;
        private long _all;

        public double? Value => _all == 0 ? null : Math.Exp(_loss / _all);

        public void Add(ReadOnlySpan<float> logProbabilities, int label)
        {
            _loss -= logProbabilities[label];
            _all++;
        }
    }
}
