using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>All retraining schedules; a new one is added here.</summary>
internal static class RetrainingSchedules
{
    public static MethodRegistry<IRetrainingSchedule> Registry { get; } = new(
        MethodAxes.Retraining,
        [
            new FineTuningSchedule(),
            new RewindingSchedule(),
            new ScaledRestartSchedule(),
            new CyclicRestartSchedule(),
            new LinearRestartSchedule(),
            new AdaptiveLinearSchedule(),
        ]);
}
