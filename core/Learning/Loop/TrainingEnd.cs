using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Loop;

/// <summary>What happens after the last epoch.</summary>
internal static class TrainingEnd
{
    /// <summary>Recalibrates BatchNorm, scores the validation split and writes the checkpoint, in this order.</summary>
    public static TrainingOutcome Run(
        TrainingInputs inputs, TrainingMasks masks, torch.nn.Module<torch.Tensor, torch.Tensor> network, string checkpoint, TrainingFinish finish)
    {
        // An average over a path on which the mask moved has weights where the last mask has none.
        if (masks.Moves)
            masks.Clear();
        CheckFinite(network);
        var recalibration = BatchNormRecalibration.Run(network, inputs.Data, inputs.Spec.Data.SplitSeed, inputs.Spec.Recalibration, inputs.Spec.BatchSize);
        var validation = Scoring.Score(network, inputs.Data.Validation, inputs.Data);
        WeightTransfer.Save(network, checkpoint, InputMetadata.Of(inputs.Data, inputs.Checkpoint is { } start ? WeightTransfer.MetadataOf(start) : null));
        var metrics = finish.Metrics;
        metrics[MetricNames.OnValidation(validation.Primary)] = validation.Measure;
        metrics[MetricNames.ValidationLoss] = validation.Loss;
        if (finish.Report.Epochs.Count > 0)
            metrics[MetricNames.TrainingLoss] = finish.Report.Epochs[^1].TrainingLoss;
        metrics[MetricNames.Epochs] = finish.Report.Epochs.Count;
        var mask = masks.Moves ? masks.ToMask() : null;
        if (mask is not null)
            metrics[MetricNames.Sparsity] = mask.Sparsity;
        return new TrainingOutcome(finish.Report with { Recalibration = recalibration, Inputs = inputs.Data.Describe() }, metrics) { Mask = mask };
    }

    private static void CheckFinite(torch.nn.Module network)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in network.state_dict().OrderBy(t => t.Key, StringComparer.Ordinal))
            if (HostMemory.Read<byte>(tensor.isfinite().all()) == 0)
                throw Divergence.Error($"tensor '{name}' has values that are not finite");
    }
}
