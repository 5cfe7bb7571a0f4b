using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Loop;

/// <summary>What a finished training reports besides its checkpoint.</summary>
/// <param name="Report">The log.</param>
/// <param name="Metrics">By <see cref="MetricNames"/>: validation after recalibration, training loss of the last epoch, epochs.</param>
public sealed record TrainingOutcome(TrainReport Report, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>What is kept at the end of a training whose mask moved; null for others.</summary>
    public SparsityMask? Mask { get; init; }

    /// <summary>The validation split after every epoch; apart from the log, whose bytes are part of the keys of retrainings.</summary>
    public LearningCurve Curve { get; init; } = new(0, []);
}
