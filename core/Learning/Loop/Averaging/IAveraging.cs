using SparsePipeline.Contracts;
using SparsePipeline.Learning.Schedules;

namespace SparsePipeline.Learning.Loop.Averaging;

/// <summary>
/// An average over the path of a training: w̄ ← w̄ + s·(w − w̄) after every update. The share s follows from the position alone, so there
/// are no counters to resume; a first share of 1 makes the average start with the weights of that moment.
/// </summary>
internal interface IAveraging : IMethod
{
    /// <summary>s after an update, in [0, 1]; 0 leaves the average as it is. After the last update it is above 0.</summary>
    double Share(TrainingPosition position, OptionValues options);

    /// <summary>The learning rates of a training that is averaged; by default those of its schedule.</summary>
    LearningRatePlan Rates(LearningRatePlan plan, TrainingPosition end, OptionValues options) => plan;
}
