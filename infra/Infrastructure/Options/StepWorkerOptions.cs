using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>How much one worker does at a time; one section per worker: <c>Trainer</c>, <c>Pruner</c>, <c>Souper</c>, <c>Evaluator</c>.</summary>
public sealed class StepWorkerOptions
{
    /// <summary>
    /// Steps at the same time in this process. Empty takes one per runner for workers that train and evaluate, and 1 for those that
    /// prune and average, which use all cores for one step.
    /// </summary>
    [Range(1, 1024)]
    public int? Concurrency { get; set; }
}
