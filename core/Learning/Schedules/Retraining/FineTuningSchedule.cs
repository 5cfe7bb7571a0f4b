using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>FT: the dense run's smallest rate throughout, no warm-up.</summary>
internal sealed class FineTuningSchedule : IRetrainingSchedule
{
    public const string Name = "FT";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Retraining,
        Name = Name,
        Title = "Fine-tuning",
        UseWhen = "Use it as the classic reference; it recovers little after a large cut. Its rate is the smallest of the pretraining, which is next to 0 after linear "
            + "or cosine: pretrain with step to compare with the literature.",
        Traits = MethodTraits.PeakCanBeSet,
        Paper = "Han, Pool, Tran, Dally: Learning both Weights and Connections, NeurIPS 2015, arXiv 1506.02626",
    };

    public LearningRatePlan Plan(RetrainingContext context)
    {
        var rate = context.Peak ?? context.MinimumRate;
        return LearningRatePlan.Of(context.Iterations, warmup: 0, rate, (_, _) => rate);
    }
}
