using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Metrics.Scorers;
using TorchSharp;

namespace SparsePipeline.Learning.Tasks.Kinds;

/// <summary>Says the inputs again: the loss is the mean over examples and numbers of (output − input)², of standardised inputs.</summary>
/// <remarks>
/// Outputs are one row per example: the channels of an image one after the other, each row by row. Numbers of a table are standardised one by one, so that
/// always saying the mean has an error of 1 on the training split; pixels of an image are standardised together.
/// </remarks>
internal sealed class ReconstructionTask : ITask
{
    public const string Name = "reconstruction";

    private static readonly MethodInfo Description = new()
    {
        Axis = MethodAxes.Task,
        Name = Name,
        Title = "Reconstruction",
        UseWhen = "Use it for autoencoders, on images or rows of numbers, labelled or not: networks are compared by their mean squared error.",
        Paper = "Hinton, Salakhutdinov: Reducing the Dimensionality of Data with Neural Networks, Science 313, 2006",
        DataKind = DataKinds.Numbers,
        Targets = TargetKinds.None,
        Measures = ErrorScorer.Measures,
    };

    public MethodInfo Info => Description;

    public LearningTask Begin(DataSplits data, OptionValues options) => new Work(data);

    private sealed class Work(DataSplits data) : LearningTask(Description)
    {
        public override int Outputs => data.Shape.Size;

        public override torch.Tensor Predict(torch.nn.Module<torch.Tensor, torch.Tensor> network, Batch batch) => network.call(batch.Inputs).flatten(1);

        public override torch.Tensor Loss(torch.Tensor outputs, Batch batch, double labelSmoothing) =>
            torch.nn.functional.mse_loss(outputs, batch.Inputs.flatten(1));

        public override IScorer Measure(Examples split, IReadOnlyList<IMetric> further) => new ErrorScorer(Outputs, b => b.Inputs.flatten(1));
    }
}
