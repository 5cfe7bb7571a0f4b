using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>The peak rate throughout, after an optional warm-up.</summary>
internal sealed class ConstantSchedule : ITrainingSchedule
{
    public const string Name = "constant";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.LearningRate,
        Name = Name,
        Title = "Constant",
        UseWhen = "Use it for short trials, or when weights are averaged along the path.",
        Options = [WarmupOption.Info],
    };

    public LearningRatePlan Plan(int iterations, double peak, OptionValues options) =>
        LearningRatePlan.Of(iterations, WarmupOption.Iterations(options, iterations), peak, (_, _) => peak);
}
