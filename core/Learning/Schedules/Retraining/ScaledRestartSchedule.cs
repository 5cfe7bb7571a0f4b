using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>
/// SLR: the dense run's rates after its warm-up, compressed into T_rt by nearest earlier iteration; its own warm-up in front.
/// </summary>
/// <remarks>The dense run's warm-up is left out, else the retraining would warm up twice.</remarks>
internal sealed class ScaledRestartSchedule : IRetrainingSchedule
{
    public const string Name = "SLR";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Retraining,
        Name = Name,
        Title = "Scaled learning-rate restart",
        UseWhen = "Use it when the dense schedule was tuned and should be kept in shape.",
        Paper = "Le, Hua: Network Pruning That Matters, ICLR 2021, arXiv 2105.03193",
    };

    public LearningRatePlan Plan(RetrainingContext context)
    {
        var dense = context.Dense.LearningRates.Skip(context.Dense.WarmupIterations).ToArray();
        return LearningRatePlan.Of(
            context.Iterations, context.WarmupIterations, context.MaximumRate, (i, n) => dense[(long)i * dense.Length / n]);
    }
}
