using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>What happens after the last epoch.</summary>
internal static class TrainingEnd
{
    /// <summary>Recalibrates BatchNorm, scores the validation split and writes the checkpoint, in this order.</summary>
    public static TrainingOutcome Run(
        TrainingInputs inputs, torch.nn.Module<torch.Tensor, torch.Tensor> network, string checkpoint, TrainReport report)
    {
        CheckFinite(network);
        var recalibration = BatchNormRecalibration.Run(network, inputs.Data, inputs.Spec.Data.SplitSeed, inputs.Spec.Recalibration, inputs.Spec.BatchSize);
        var validation = Scoring.Score(network, inputs.Data.Validation, inputs.Data);
        WeightTransfer.Save(network, checkpoint, InputMetadata.Of(inputs.Data, inputs.Checkpoint is { } start ? WeightTransfer.MetadataOf(start) : null));
        return new TrainingOutcome(report with { Recalibration = recalibration, Inputs = inputs.Data.Describe() }, new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            [MetricNames.ValidationAccuracy] = validation.Accuracy,
            [MetricNames.ValidationLoss] = validation.Loss,
            [MetricNames.TrainingLoss] = report.Epochs[^1].TrainingLoss,
            [MetricNames.Epochs] = report.Epochs.Count,
        });
    }

    private static void CheckFinite(torch.nn.Module network)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in network.state_dict().OrderBy(t => t.Key, StringComparer.Ordinal))
            if (tensor.isfinite().all().bytes[0] == 0)
                throw Divergence.Error($"tensor '{name}' has values that are not finite");
    }
}
