using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics.Kinds;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics.Scorers;

/// <summary>Measures predictions of tokens: perplexity, and what classes are measured by, but for each class, of which there are too many to be looked at.</summary>
internal sealed class TokenScorer(ClassScorer classes) : IScorer
{
    public void Add(IReadOnlyList<torch.Tensor> outputs, Batch batch) => classes.Add(outputs, batch);

    public SplitReport Report()
    {
        var report = classes.Report();
        var perplexity = Math.Exp(report.Loss);
        if (!double.IsFinite(perplexity))
            throw new DomainException(
                FailureCodes.NotFinite, $"The loss is {report.Loss} nats, and the perplexity is not finite.", "Use a checkpoint from before the training diverged.");
        return report with
        {
            Primary = Perplexity.Name,
            Metrics = new SortedDictionary<string, double>((report.Metrics ?? new Dictionary<string, double>()).ToDictionary(), StringComparer.Ordinal) { [Perplexity.Name] = perplexity },
            WorstClassAccuracy = double.NaN,
            WorstClassInterval = null,
            ClassAccuracies = null,
        };
    }
}
