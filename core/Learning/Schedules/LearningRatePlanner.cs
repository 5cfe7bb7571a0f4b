using SparsePipeline.Contracts;
using SparsePipeline.Learning.Schedules.Retraining;
using SparsePipeline.Learning.Schedules.Training;

namespace SparsePipeline.Learning.Schedules;

/// <summary>Finds the schedule a training names and works out all its rates before the first update.</summary>
internal static class LearningRatePlanner
{
    /// <summary>All rates are worked out beforehand and stay in the report: so many take 80 MB. ImageNet in 90 epochs has half a million.</summary>
    private const long MostIterations = 10_000_000;

    /// <exception cref="DomainException">The schedule is unknown, or what it needs is missing or out of range.</exception>
    public static LearningRatePlan Plan(TrainSpec spec, TrainReport? dense, int iterationsPerEpoch)
    {
        var iterations = Iterations(spec, iterationsPerEpoch);
        if (iterations == 0)
            return new LearningRatePlan([], 0);
        if (RetrainingSchedules.Registry.Contains(spec.Schedule.Name))
            return PlanRetraining(spec, dense, iterations);
        if (!TrainingSchedules.Registry.Contains(spec.Schedule.Name))
            throw Unknown(spec.Schedule.Name);
        var schedule = TrainingSchedules.Registry.Find(spec.Schedule);
        var peak = spec.PeakLearningRate
            ?? throw Refused($"Schedule '{spec.Schedule.Name}' has no peakLearningRate.", "Set a peak learning rate above 0.");
        return schedule.Plan(iterations, peak, new OptionValues(schedule.Info, spec.Schedule.Options));
    }

    private static int Iterations(TrainSpec spec, int perEpoch) => (long)spec.Epochs * perEpoch is var count and <= MostIterations
        ? (int)count
        : throw Refused(
            $"The training has {spec.Epochs} epochs of {perEpoch} iterations, more than {MostIterations} in all.",
            "Train for fewer epochs or in larger batches.");

    private static LearningRatePlan PlanRetraining(TrainSpec spec, TrainReport? dense, int iterations)
    {
        var schedule = RetrainingSchedules.Registry.Find(spec.Schedule);
        if (spec.PeakLearningRate is not null && !schedule.Info.Traits.HasFlag(MethodTraits.PeakCanBeSet))
            throw Refused($"Retraining schedule '{spec.Schedule.Name}' takes no peakLearningRate.", $"Choose {string.Join(" or ", RetrainingSchedules.Registry.Infos.Where(i => i.Traits.HasFlag(MethodTraits.PeakCanBeSet)).Select(i => i.Name))} to vary the peak.");
        return schedule.Plan(new RetrainingContext
        {
            Schedule = schedule.Info.Name,
            Iterations = iterations,
            Epochs = spec.Epochs,
            Pretraining = dense,
            Peak = spec.PeakLearningRate,
            NormDrop = spec.NormDrop,
            PrunedFraction = spec.PrunedFraction,
        });
    }

    private static DomainException Unknown(string name)
    {
        var known = TrainingSchedules.Registry.Infos.Concat(RetrainingSchedules.Registry.Infos).Select(i => i.Name);
        return new DomainException(
            FailureCodes.UnknownMethod,
            $"Unknown schedule '{name}'.",
            $"Choose one of: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
    }

    private static DomainException Refused(string reason, string remedy) => new(FailureCodes.InvalidOption, reason, remedy);
}
