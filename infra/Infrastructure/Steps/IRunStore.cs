using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>What is known about runs besides the results of their steps.</summary>
public interface IRunStore
{
    /// <summary>
    /// Stores the recipe under its run id (nothing happens when it is there), lifts a cancellation, makes the run active and returns the id.
    /// </summary>
    Task<string> SubmitAsync(Recipe recipe, CancellationToken cancellationToken);

    /// <summary>The recipe of a run, or null when the run is unknown.</summary>
    Task<Recipe?> ReadRecipeAsync(string runId, CancellationToken cancellationToken);

    /// <summary>When the run was submitted last, by the submitter's clock; null when nobody wrote that down.</summary>
    Task<DateTimeOffset?> SubmittedAtAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Ids of all runs, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken);

    /// <summary>Puts the run among those that sweeps look after.</summary>
    Task ActivateAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Takes the run from among those that sweeps look after.</summary>
    Task DeactivateAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Ids of the runs that sweeps look after, in ordinal order.</summary>
    IAsyncEnumerable<string> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>Records that nobody wants more work on the run, and takes it from among the active ones.</summary>
    Task CancelAsync(string runId, CancellationToken cancellationToken);

    Task<bool> IsCancelledAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Records the candidates of a partial soup; the first writer wins and its choice is returned.</summary>
    Task<IReadOnlyList<string>> RecordChoiceAsync(string runId, string node, IReadOnlyList<string> candidateKeys, CancellationToken cancellationToken);

    Task<IReadOnlyList<string>?> ReadChoiceAsync(string runId, string node, CancellationToken cancellationToken);
}
