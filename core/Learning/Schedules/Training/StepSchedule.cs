using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Methods;

namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>peak · factorᵏ, where k is the number of milestones behind: a milestone is a share of the iterations after warm-up.</summary>
internal sealed class StepSchedule : ITrainingSchedule
{
    private const string Milestones = "milestones";
    private const string Factor = "factor";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.LearningRate,
        Name = LearningRateNames.Step,
        Title = "Step decay",
        UseWhen = "Use it to reproduce results of older papers.",
        Paper = "He, Zhang, Ren, Sun: Deep Residual Learning, CVPR 2016, arXiv 1512.03385 (drops at 50 % and 75 %)",
        Options =
        [
            new(Milestones, OptionTypes.Integers, "Percent of the iterations at which the rate drops.",
                JsonSerializer.SerializeToElement(new[] { 50, 75 }), Minimum: 0, Maximum: 100),
            new(Factor, OptionTypes.Number, "What the rate is multiplied with at a milestone.",
                JsonSerializer.SerializeToElement(0.1), Minimum: 0, Maximum: 1),
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
