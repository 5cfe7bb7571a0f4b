using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Standalone;

/// <summary>Something that recipes can be given to, wherever its workers are.</summary>
public interface IPipeline : IAsyncDisposable
{
    /// <summary>Checkpoints, masks and reports by digest.</summary>
    IArtifactStore Artifacts { get; }

    /// <summary>
    /// Runs a recipe, or goes on with it, until it has finished, has failed or was cancelled; the outcome's plan says which.
    /// </summary>
    /// <param name="recipe">A valid recipe.</param>
    /// <param name="observer">Sees plans and events, one at a time.</param>
    /// <param name="cancellationToken">Stops following; what that means for the run is the pipeline's to say.</param>
    Task<RunOutcome> RunAsync(Recipe recipe, IRunObserver observer, CancellationToken cancellationToken);
}
