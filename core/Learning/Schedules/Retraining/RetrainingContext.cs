using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>What a retraining schedule may look at.</summary>
internal sealed record RetrainingContext
{
    /// <summary>T_rt in iterations, at least 1.</summary>
    public required int Iterations { get; init; }

    /// <summary>T_rt in epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Name of the schedule.</summary>
    public required string Schedule { get; init; }

    /// <summary>The dense run's log; null when the weights were given.</summary>
    public required TrainReport? Pretraining { get; init; }

    /// <summary>The same for schedules that cannot do without.</summary>
    /// <exception cref="DomainException">There is none.</exception>
    public TrainReport Dense => Pretraining ?? throw new DomainException(
        FailureCodes.InvalidOption,
        $"Retraining schedule '{Schedule}' has no denseReport.",
        "Hand over the dense run's training report, or set a peakLearningRate for a schedule that takes one.");

    /// <summary>A peak set by hand instead of the one that follows from the dense run.</summary>
    public double? Peak { get; init; }

    /// <summary>d, relative drop of the parameter norm by the cut, in [0, 1].</summary>
    public double? NormDrop { get; init; }

    /// <summary>p, fraction of the remaining weights the cut removed, in (0, 1].</summary>
    public double? PrunedFraction { get; init; }

    /// <summary>Largest rate of the dense run.</summary>
    public double MaximumRate => Dense.LearningRates.Max();

    /// <summary>Smallest rate of the dense run after its warm-up.</summary>
    public double MinimumRate => Dense.LearningRates.Skip(Dense.WarmupIterations).Min();

    /// <summary>10 % of the iterations warm up in all schedules but FT and LRW, as in the SMS code.</summary>
    public int WarmupIterations => Warmup.Iterations(Iterations, 0.1);
}
