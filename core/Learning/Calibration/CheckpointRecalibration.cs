using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;

namespace SparsePipeline.Learning.Calibration;

/// <summary>Recalibrates a merged checkpoint and says what it is worth: what greedy soups decide by.</summary>
public static class CheckpointRecalibration
{
    /// <param name="checkpoint">Safetensors file.</param>
    /// <param name="model">Its architecture.</param>
    /// <param name="data">The data set, loaded.</param>
    /// <param name="splitSeed">The data's split seed.</param>
    /// <param name="share">Share of the training examples; 0 leaves the statistics alone.</param>
    /// <param name="recalibrated">Where to write the recalibrated state dict; null when only the score is wanted.</param>
    /// <param name="script">File of the model's script; null for models that are built in.</param>
    /// <param name="trainingBatch">Examples of an update, which a small share is taken by.</param>
    /// <returns>The score on the validation split, after recalibration.</returns>
    /// <exception cref="DomainException">The checkpoint is corrupt, not finite or does not fit, or the share is below one batch.</exception>
    public static SplitReport Run(
        string checkpoint, ModelSpec model, DataSplits data, long splitSeed, double share, string? recalibrated, string? script = null,
        int trainingBatch = BatchNormRecalibration.BatchSize)
    {
        using var network = Networks.Load(model, data, checkpoint, script);
        BatchNormRecalibration.Run(network, data, splitSeed, share, trainingBatch);
        if (recalibrated is not null)
            WeightTransfer.Save(network, recalibrated, InputMetadata.Of(data, WeightTransfer.MetadataOf(checkpoint)));
        return Scoring.Score(network, data.Validation, data);
    }
}
