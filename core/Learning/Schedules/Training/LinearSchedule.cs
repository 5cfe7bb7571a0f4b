using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>peak · (1 − i/n) for i in [0, n): 0 is reached just after the last iteration, so none is wasted.</summary>
internal sealed class LinearSchedule : ITrainingSchedule
{
    public const string Name = "linear";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.LearningRate,
        Name = Name,
        Title = "Linear to zero",
        UseWhen = "Use it by default: nothing to tune, and strong in small budgets.",
        Paper = "Li, Yumer, Ramanan: Budgeted Training, ICLR 2020, arXiv 1905.04753",
        Options = [WarmupOption.Info],
    };

    public LearningRatePlan Plan(int iterations, double peak, OptionValues options) => LearningRatePlan.Of(
        iterations, WarmupOption.Iterations(options, iterations), peak, (i, n) => peak * (1 - (double)i / n));
}
