using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics.Kinds;

/// <summary>The mean over classes of F1 = 2·right / (in truth + predicted), the averaged F1 of Opitz and Burst.</summary>
/// <remarks>A class that neither occurs nor is predicted has none and is left out.</remarks>
internal sealed class MacroF1 : IMetric
{
    public const string Name = "macro-f1";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Metric,
        Name = Name,
        Title = "Macro F1",
        UseWhen = "Use it where classes are of different size and false alarms count as much as what is missed.",
        Paper = "Opitz, Burst: Macro F1 and Macro F1, 2019, arXiv 1911.03347",
        Figure = new FigureInfo(FigureInfo.Share, HigherIsBetter: true),
    };

    public IMetricSum Begin(int classes) => new Sum(classes);

    private sealed class Sum(int classes) : IMetricSum
    {
        private readonly long[] _right = new long[classes];
        private readonly long[] _named = new long[classes];

        public double? Value => _right.Zip(_named, (right, named) => (right, named)).Where(c => c.named > 0).Select(c => (double?)2 * c.right / c.named).Average();

        public void Add(ReadOnlySpan<float> logProbabilities, int label)
        {
            var predicted = Predicted.Class(logProbabilities);
            _named[label]++;
            _named[predicted]++;
            _right[label] += predicted == label ? 1 : 0;
        }
    }
}
