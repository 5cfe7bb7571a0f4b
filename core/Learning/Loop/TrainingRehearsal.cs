using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Models.TorchScript;

namespace SparsePipeline.Learning.Loop;

/// <summary>Finds out whether a training can be begun and ended: all it is made of is set up as the training itself does it, and nothing is trained.</summary>
public static class TrainingRehearsal
{
    /// <summary>Sets a training up and recalibrates by one batch.</summary>
    /// <param name="inputs">The training.</param>
    /// <param name="startWeights">Gets the weights it starts from, and two updates are tried; null when neither is wanted.</param>
    /// <param name="startMask">Gets the mask it starts with when a hook moves it; null when it is not wanted.</param>
    /// <returns>The report of a training with these learning rates and without epochs.</returns>
    /// <exception cref="DomainException">What the training would be refused for.</exception>
    public static TrainReport Run(TrainingInputs inputs, string? startWeights, string? startMask = null)
    {
        using var session = new TrainingSession(inputs);
        if (startWeights is not null)
        {
            WeightTransfer.Save(session.Network, startWeights);
            if (startMask is not null && session.Updates.Masks.Moves)
                session.Updates.Masks.ToMask().Save(startMask);
            TryUpdates(session);
        }

        BatchNormRecalibration.Run(session.Network, inputs.Data, inputs.Spec.Data.SplitSeed, inputs.Spec.Recalibration, inputs.Spec.BatchSize, mostBatches: 1);
        return session.Report();
    }

    /// <summary>Whatever a network cannot do with its inputs, libtorch says when it is to do it.</summary>
    private static void TryUpdates(TrainingSession session)
    {
        try
        {
            session.TryUpdates();
        }
        catch (Exception error) when (ScriptFailure.IsFrom(error))
        {
            throw new DomainException(
                FailureCodes.InvalidModel, $"The model cannot be trained on batches of this data: {ScriptFailure.Line(error)}.", "Use another model, batchSize or data.");
        }
    }
}
