using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>ALLR: LLR with peak clip(max · d/√p, max · min(T_rt/T_train, 1), max).</summary>
/// <remarks>d is the relative norm drop of the cut, p the fraction of remaining weights it removed, max the dense run's largest rate.</remarks>
internal sealed class AdaptiveLinearSchedule : IRetrainingSchedule
{
    public const string Name = "ALLR";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Retraining,
        Name = Name,
        Title = "Adaptive linear learning-rate restart",
        UseWhen = "Use it when cuts differ much in size and no sweep over the retraining rate is affordable.",
        Needs = MethodNeeds.CutMeasures,
        Paper = "Zimmer, Spiegel, Pokutta: How I Learned to Stop Worrying and Love Retraining, ICLR 2023, arXiv 2111.00843",
    };

    public LearningRatePlan Plan(RetrainingContext context) => LinearRestartSchedule.Plan(context, Peak(context));

    private static double Peak(RetrainingContext context)
    {
        if (context.NormDrop is not { } drop || context.PrunedFraction is not { } fraction || fraction <= 0)
            throw new DomainException(
                FailureCodes.InvalidOption,
                "Retraining schedule ALLR needs normDrop and a prunedFraction above 0, but the training has none.",
                "Let a prune step come before the retraining, or choose LLR.");
        var denseEpochs = (double)context.Dense.LearningRates.Count / context.Dense.IterationsPerEpoch;
        var lowest = context.MaximumRate * Math.Min(context.Epochs / denseEpochs, 1);
        return Math.Clamp(context.MaximumRate * drop / Math.Sqrt(fraction), lowest, context.MaximumRate);
    }
}
