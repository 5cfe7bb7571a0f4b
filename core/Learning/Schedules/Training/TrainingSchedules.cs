using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>All training schedules; a new one is added here.</summary>
internal static class TrainingSchedules
{
    public static MethodRegistry<ITrainingSchedule> Registry { get; } = new(
        MethodAxes.LearningRate,
        [
            new ConstantSchedule(),
            new LinearSchedule(),
            new StepSchedule(),
            new CosineSchedule(),
        ]);
}
