using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Metrics.Kinds;
using SparsePipeline.Learning.Metrics.Scorers;

namespace SparsePipeline.Learning.Tasks.Kinds;

/// <summary>Says at every position of a text which token follows. Networks are compared by their perplexity, exp of the mean loss.</summary>
/// <remarks>Perplexities compare networks of one vocabulary only; bits per character, which are reported too, compare those of several.</remarks>
internal sealed class NextTokenTask : ITask
{
    public const string Name = "next-token";

    private static readonly MethodInfo Description = new()
    {
        Axis = MethodAxes.Task,
        Name = Name,
        Title = "Next token",
        UseWhen = "Use it for language models, with a vocabulary of any size (data.options.tokens): networks are compared by their perplexity.",
        Paper = "Bengio, Ducharme, Vincent, Jauvin: A Neural Probabilistic Language Model, JMLR 3, 2003",
        DataKind = DataKinds.Text,
        Measures = [new(Perplexity.Name, "perplexity", FigureInfo.Real, HigherIsBetter: false)],
    };

    public MethodInfo Info => Description;

    public LearningTask Begin(DataSplits data, OptionValues options) => new Work(data);

    private sealed class Work(DataSplits data) : ClassTask(Description, data.Classes)
    {
        public override IScorer Measure(Examples split, IReadOnlyList<IMetric> further) => new TokenScorer(new ClassScorer(data, split, further));

        public override ValidationPoint Point(int epoch, double loss, double right) =>
            Math.Exp(loss) is var perplexity && double.IsFinite(perplexity) ? new(epoch, loss, null) { Measure = perplexity } : new(epoch, null, null);
    }
}
