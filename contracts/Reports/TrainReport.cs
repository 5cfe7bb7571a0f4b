namespace SparsePipeline.Contracts;

/// <summary>The log of a training: learning rate per iteration and progress per epoch.</summary>
public sealed record TrainReport
{
    /// <summary>Learning rate of every iteration; retraining schedules are derived from the dense run's.</summary>
    public required IReadOnlyList<double> LearningRates { get; init; }

    public required int IterationsPerEpoch { get; init; }

    /// <summary>First iteration after warm-up; schedules take the smallest rate only from here on.</summary>
    public required int WarmupIterations { get; init; }

    public required IReadOnlyList<EpochReport> Epochs { get; init; }

    /// <summary>What the network takes and says; null in reports of training version 2 and before.</summary>
    public InputDescription? Inputs { get; init; }

    /// <summary>Null when the network has no BatchNorm or its statistics were left alone.</summary>
    public RecalibrationReport? Recalibration { get; init; }

    /// <summary>Null when the finished weights are the last ones.</summary>
    public AveragingReport? Averaging { get; init; }

    /// <summary>What was trained in place of weights; null when the weights were.</summary>
    public TransformReport? Transform { get; init; }

    /// <summary>The hooks of the training in the order they acted in; null without hooks.</summary>
    public IReadOnlyList<HookReport>? Hooks { get; init; }
}
