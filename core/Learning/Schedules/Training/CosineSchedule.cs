using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>peak · ½(1 + cos(πi/n)) for i in [0, n).</summary>
internal sealed class CosineSchedule : ITrainingSchedule
{
    public const string Name = "cosine";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.LearningRate,
        Name = Name,
        Title = "Cosine to zero",
        UseWhen = "Use it when the training is long enough to profit from a high rate for most of it.",
        Paper = "Loshchilov, Hutter: SGDR, ICLR 2017, arXiv 1608.03983 (one period, no restart)",
        Options = [WarmupOption.Info],
    };

    public LearningRatePlan Plan(int iterations, double peak, OptionValues options) => LearningRatePlan.Of(
        iterations, WarmupOption.Iterations(options, iterations), peak, (i, n) => peak * 0.5 * (1 + Math.Cos(Math.PI * i / n)));
}
