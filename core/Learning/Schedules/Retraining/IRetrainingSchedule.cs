using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Retraining;

/// <summary>Learning rate of a retraining after a cut.</summary>
internal interface IRetrainingSchedule : IMethod
{
    /// <summary>The rates of a retraining; a peak is given to schedules with <see cref="MethodTraits.PeakCanBeSet"/> only.</summary>
    LearningRatePlan Plan(RetrainingContext context);
}
