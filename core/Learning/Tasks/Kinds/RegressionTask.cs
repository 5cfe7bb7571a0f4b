using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Metrics.Scorers;
using TorchSharp;

namespace SparsePipeline.Learning.Tasks.Kinds;

/// <summary>Says one real number of every example: the loss is the mean over examples of (output − target)², of standardised targets.</summary>
/// <remarks>
/// Targets have mean 0 and deviation 1 over the training examples, so that losses and learning rates do not depend on their unit; what is measured is in the unit of the data, and
/// the scale stands in the metadata of checkpoints (<see cref="InputMetadata.Target"/>).
/// </remarks>
internal sealed class RegressionTask : ITask
{
    public const string Name = "regression";

    private static readonly MethodInfo Description = new()
    {
        Axis = MethodAxes.Task,
        Name = Name,
        Title = "Regression",
        UseWhen = "Use it to predict a real number of each row or image, such as a strength or a price: networks are compared by their mean squared error, in the number's own unit.",
        Paper = "Bishop: Pattern Recognition and Machine Learning, Springer 2006, section 5.2",
        DataKind = DataKinds.Numbers,
        Targets = TargetKinds.Numbers,
        Measures = TargetScorer.Measures,
    };

    public MethodInfo Info => Description;

    public LearningTask Begin(DataSplits data, OptionValues options) => new Work(data);

    private sealed class Work(DataSplits data) : LearningTask(Description)
    {
        public override int Outputs => 1;

        public override torch.Tensor Predict(torch.nn.Module<torch.Tensor, torch.Tensor> network, Batch batch) => network.call(batch.Inputs).flatten(1);

        public override torch.Tensor Loss(torch.Tensor outputs, Batch batch, double labelSmoothing) => torch.nn.functional.mse_loss(outputs, batch.Targets!.unsqueeze(1));

        public override IScorer Measure(Examples split, IReadOnlyList<IMetric> further) => new TargetScorer(data.Target!);
    }
}
