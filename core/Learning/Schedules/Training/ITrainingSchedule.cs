using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Schedules.Training;

/// <summary>Shape of the learning rate of a training from scratch.</summary>
internal interface ITrainingSchedule : IMethod
{
    /// <summary>Rates for <paramref name="iterations"/> ≥ 1 iterations with the given peak &gt; 0.</summary>
    LearningRatePlan Plan(int iterations, double peak, OptionValues options);
}
