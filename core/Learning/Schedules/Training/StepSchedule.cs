using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>peak · factorᵏ, where k is the number of milestones behind: a milestone is a share of the iterations after warm-up.</summary>
internal sealed class StepSchedule : ITrainingSchedule
{
    public const string Name = "step";

    private const string Milestones = "milestones";
    private const string Factor = "factor";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.LearningRate,
        Name = Name,
        Title = "Step decay",
        UseWhen = "Use it to reproduce results of older papers.",
        Paper = "He, Zhang, Ren, Sun: Deep Residual Learning, CVPR 2016, arXiv 1512.03385 (drops at 50 % and 75 %)",
        Options =
        [
            OptionInfo.Integers(Milestones, "Percent of the iterations at which the rate drops.", [50, 75], minimum: 0, maximum: 100),
            OptionInfo.Number(Factor, "What the rate is multiplied with at a milestone.", 0.1, minimum: 0, maximum: 1),
            WarmupOption.Info,
        ],
    };

    public LearningRatePlan Plan(int iterations, double peak, OptionValues options)
    {
        var milestones = options.Integers(Milestones);
        var factor = options.Number(Factor);
        return LearningRatePlan.Of(
            iterations, WarmupOption.Iterations(options, iterations), peak,
            (i, n) => peak * Math.Pow(factor, milestones.Count(m => i * 100L >= (long)m * n)));
    }
}
