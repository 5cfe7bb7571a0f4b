using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Metrics.Kinds;

/// <summary>
/// How well the probability of the predicted class tells right predictions from wrong ones: the area under the ROC curve, which is the probability that a
/// right one is surer than a wrong one, equally sure ones counting half (Mann and Whitney 1947).
/// </summary>
/// <remarks>Undefined while all predictions are right or all are wrong. One half is chance. O(n log n) once, at the end; 9 bytes for each prediction.</remarks>
internal sealed class ErrorDetection : IMetric
{
    public const string Name = "error-detection";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Metric,
        Name = Name,
        Title = "Error detection (AUROC)",
        UseWhen = "Use it when somebody will look at what a network is unsure of: 50 % is chance, 100 % means that every error is less sure than anything right.",
        Paper = "Hendrycks, Gimpel: A Baseline for Detecting Misclassified and Out-of-Distribution Examples in Neural Networks, ICLR 2017, arXiv 1610.02136",
        Figure = new FigureInfo(FigureInfo.Share, HigherIsBetter: true),
    };

    public IMetricSum Begin(int classes) => new Sum();

    private sealed class Sum : IMetricSum
    {
        private readonly List<float> _confidence = [];
        private readonly List<bool> _right = [];

        public double? Value
        {
            get
            {
                long right = _right.Count(r => r), wrong = _right.Count - right;
                return right == 0 || wrong == 0 ? null : Wins() / ((double)right * wrong);
            }
        }

        public void Add(ReadOnlySpan<float> logProbabilities, int label)
        {
            var predicted = Predicted.Class(logProbabilities);
            _confidence.Add(logProbabilities[predicted]);
            _right.Add(predicted == label);
        }

        // Pairs of a right and a wrong prediction in which the right one is surer; those of one confidence count half.
        private double Wins()
        {
            var (wins, below) = (0.0, 0L);
            foreach (var group in Enumerable.Range(0, _right.Count).GroupBy(i => _confidence[i]).OrderBy(g => g.Key))
            {
                long right = group.Count(i => _right[i]), wrong = group.Count() - right;
                wins += right * (below + wrong / 2.0);
                below += wrong;
            }
            return wins;
        }
    }
}
