using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>LRW: the last T_rt iterations of the dense run's rates, no warm-up.</summary>
internal sealed class RewindingSchedule : IRetrainingSchedule
{
    public const string Name = "LRW";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Retraining,
        Name = Name,
        Title = "Learning-rate rewinding",
        UseWhen = "Use it when retraining is nearly as long as the dense run.",
        Needs = MethodNeeds.DenseEpochs,
        Paper = "Renda, Frankle, Carbin: Comparing Rewinding and Fine-tuning, ICLR 2020, arXiv 2003.02389",
    };

    public LearningRatePlan Plan(RetrainingContext context)
    {
        var dense = context.Dense.LearningRates;
        if (context.Iterations > dense.Count)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"Retraining schedule LRW rewinds {context.Iterations} iterations, but the dense run has only {dense.Count}.",
                "Retrain for fewer epochs, pretrain for more, or choose LLR.");
        return new LearningRatePlan([.. dense.Skip(dense.Count - context.Iterations)], WarmupIterations: 0);
    }
}
