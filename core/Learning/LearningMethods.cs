using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Augmentation;
using SparsePipeline.Learning.Data.Corruption;
using SparsePipeline.Learning.Loop.Averaging;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Loop.Transforms;
using SparsePipeline.Learning.Metrics;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Schedules.Retraining;
using SparsePipeline.Learning.Schedules.Training;
using SparsePipeline.Learning.Tasks;

namespace SparsePipeline.Learning;

/// <summary>
/// Metadata of every model, data set, augmentation, corruption, task, metric, learning-rate schedule, retraining schedule, optimiser, trajectory average, training hook and network transform. Reading it does not load libtorch,
/// so planners and command lines validate recipes with it.
/// </summary>
public static class LearningMethods
{
    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. Architectures.Registry.Infos,
        .. DataSets.Registry.Infos,
        .. Augmentations.Registry.Infos,
        .. Corruptions.Registry.Infos,
        .. LearningTasks.Registry.Infos,
        .. FurtherMetrics.Registry.Infos,
        .. TrainingSchedules.Registry.Infos,
        .. RetrainingSchedules.Registry.Infos,
        .. Optimizers.Registry.Infos,
        .. Averagings.Registry.Infos,
        .. TrainingHooks.Registry.Infos,
        .. NetworkTransforms.Registry.Infos,
    ];
}
