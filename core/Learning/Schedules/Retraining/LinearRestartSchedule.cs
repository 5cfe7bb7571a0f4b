using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>LLR: after the warm-up linear from the dense run's largest rate (or a set peak) to 0.</summary>
internal sealed class LinearRestartSchedule : IRetrainingSchedule
{
    public const string Name = "LLR";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Retraining,
        Name = Name,
        Title = "Linear learning-rate restart",
        UseWhen = "Use it by default.",
        Traits = MethodTraits.PeakCanBeSet,
        Paper = "Zimmer, Spiegel, Pokutta: How I Learned to Stop Worrying and Love Retraining, ICLR 2023, arXiv 2111.00843",
    };

    public LearningRatePlan Plan(RetrainingContext context) => Plan(context, context.Peak ?? context.MaximumRate);

    /// <summary>The shape that ALLR shares.</summary>
    public static LearningRatePlan Plan(RetrainingContext context, double peak) =>
        LearningRatePlan.Of(context.Iterations, context.WarmupIterations, peak, (i, n) => peak * (1 - (double)i / n));
}
