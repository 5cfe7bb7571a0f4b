using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Metrics.Scorers;

namespace SparsePipeline.Learning.Tasks.Kinds;

/// <summary>Says which of several classes an example is of; of text, which character or token follows.</summary>
internal sealed class ClassificationTask : ITask
{
    public const string Name = MethodDefaults.Task;

    private static readonly MethodInfo Description = new()
    {
        Axis = MethodAxes.Task,
        Name = Name,
        Title = "Classification",
        UseWhen = "Use it for examples with one class of several each; networks are compared by their accuracy. Text without a task is classified position by position.",
        DataKind = DataKinds.Any,
        Measures = [MeasureInfo.Accuracy],
    };

    public MethodInfo Info => Description;

    public LearningTask Begin(DataSplits data, OptionValues options) => new Work(data);

    /// <summary>On one data set.</summary>
    internal sealed class Work(DataSplits data) : ClassTask(Description, data.Classes)
    {
        public override IScorer Measure(Examples split, IReadOnlyList<IMetric> further) => new ClassScorer(data, split, further);

        public override ValidationPoint Point(int epoch, double loss, double right) => new(epoch, loss, right);
    }
}
