using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Results, specs and resume points of steps, by step key.</summary>
public interface IStepStore
{
    /// <summary>The result, or null while there is none; one that is damaged counts as none.</summary>
    Task<StepResult?> ReadResultAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the result unless one exists; returns the one that counts. The first writer wins. The step's resume points are deleted.
    /// </summary>
    Task<StepResult> StoreResultAsync(StepResult result, CancellationToken cancellationToken);

    /// <summary>Deletes a failed result, so that the step may be tried again; a result with outputs stays.</summary>
    Task ForgetFailureAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes a result whatever it says, for whoever knows that its outputs are lost.</summary>
    Task DeleteResultAsync(string key, CancellationToken cancellationToken);

    /// <summary>Remembers the latest resume point; those it replaces are deleted after a while.</summary>
    Task SaveProgressAsync(string key, StepProgress progress, CancellationToken cancellationToken);

    /// <summary>The latest resume point, or null when there is none.</summary>
    Task<StepProgress?> ReadProgressAsync(string key, CancellationToken cancellationToken);

    /// <summary>Keeps the spec beside the step, for people and tools; the key is its digest, so the first writer's is everybody's.</summary>
    Task StoreSpecAsync(string key, StepSpec spec, CancellationToken cancellationToken);

    /// <summary>The spec, or null when none was stored.</summary>
    Task<StepSpec?> ReadSpecAsync(string key, CancellationToken cancellationToken);
}
