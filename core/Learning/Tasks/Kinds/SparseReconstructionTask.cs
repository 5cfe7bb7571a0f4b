using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Metrics.Scorers;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Tasks.Kinds;

/// <summary>Says the inputs again through a sparse code: the loss is that of <see cref="ReconstructionTask"/>, and the code is measured too.</summary>
/// <remarks>
/// What is handed on of a batch are the outputs and, behind them, the codes. Measured are the mean number of latents that are not 0 for an example (L0), and the share of latents
/// that are 0 for every example of the split (dead): both are counted, not taken from the settings.
/// </remarks>
internal sealed class SparseReconstructionTask : ITask
{
    public const string Name = "sparse-reconstruction";

    private static readonly MethodInfo Description = new()
    {
        Axis = MethodAxes.Task,
        Name = Name,
        Title = "Sparse reconstruction",
        UseWhen = "Use it for sparse autoencoders, whose codes are measured beside what they say: networks are compared by their mean squared error.",
        Paper = "Makhzani, Frey: k-Sparse Autoencoders, ICLR 2014, arXiv 1312.5663",
        DataKind = DataKinds.Numbers,
        Targets = TargetKinds.None,
        Measures =
        [
            .. ErrorScorer.Measures,
            new(CodeScorer.Active, "active latents (L0)", FigureInfo.Real, HigherIsBetter: false),
            new(CodeScorer.Dead, "dead latents", FigureInfo.Share, HigherIsBetter: false),
        ],
    };

    public MethodInfo Info => Description;

    public LearningTask Begin(DataSplits data, OptionValues options) => new Work(data);

    private sealed class Work(DataSplits data) : LearningTask(Description)
    {
        public override int Outputs => data.Shape.Size;

        public override torch.Tensor Predict(torch.nn.Module<torch.Tensor, torch.Tensor> network, Batch batch)
        {
            if (network is not ICodedNetwork coded)
                throw new DomainException(
                    FailureCodes.InvalidModel, $"The task '{Name}' measures codes, and the model has none.", $"Use the model '{TopKAutoencoderArchitecture.Name}', or the task '{ReconstructionTask.Name}'.");
            var codes = coded.Codes(batch.Inputs);
            return torch.cat([coded.Decode(codes), codes], 1);
        }

        public override torch.Tensor Loss(torch.Tensor outputs, Batch batch, double labelSmoothing) =>
            torch.nn.functional.mse_loss(outputs.narrow(1, 0, Outputs), batch.Inputs.flatten(1));

        public override IScorer Measure(Examples split, IReadOnlyList<IMetric> further) => new CodeScorer(Outputs);
    }
}
