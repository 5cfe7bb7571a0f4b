using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>Learning rate of a retraining after a cut.</summary>
internal interface IRetrainingSchedule : IMethod
{
    /// <summary>Whether a peak set by hand (varied dimension <c>peak-learning-rate</c>) has a meaning.</summary>
    bool TakesPeak { get; }

    LearningRatePlan Plan(RetrainingContext context);
}
