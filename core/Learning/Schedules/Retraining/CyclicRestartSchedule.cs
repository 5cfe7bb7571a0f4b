using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>CLR: min + (max − min) · ½(1 + cos(πi/n)) after the warm-up, with the dense run's largest and smallest rates.</summary>
internal sealed class CyclicRestartSchedule : IRetrainingSchedule
{
    public const string Name = "CLR";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Retraining,
        Name = Name,
        Title = "Cyclic learning-rate restart",
        UseWhen = "Use it when a high rate for most of the retraining pays.",
        Traits = MethodTraits.PeakCanBeSet,
        Paper = "Le, Hua: Network Pruning That Matters, ICLR 2021, arXiv 2105.03193",
    };

    public LearningRatePlan Plan(RetrainingContext context)
    {
        var peak = context.Peak ?? context.MaximumRate;
        var low = context.Pretraining is null ? 0 : Math.Min(context.MinimumRate, peak);
        return LearningRatePlan.Of(
            context.Iterations, context.WarmupIterations, peak, (i, n) => low + (peak - low) * 0.5 * (1 + Math.Cos(Math.PI * i / n)));
    }
}
