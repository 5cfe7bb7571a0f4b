using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>What is known about runs besides the results of their steps.</summary>
public interface IRunStore
{
    /// <summary>
    /// Stores the recipe under its run id and the graph that is compiled from it (nothing happens when they are there), enters the run in the index,
    /// lifts a cancellation, forgets how it ended, makes the run active and returns the id.
    /// </summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.ForeignRecipe"/>: another recipe is stored under that id.</exception>
    Task<string> SubmitAsync(Recipe recipe, CancellationToken cancellationToken);

    /// <summary>The graph that was compiled when the run was submitted, or null when a version did that which stored none.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/> or <see cref="FailureCodes.NewerVersion"/>.</exception>
    Task<GraphDocument?> ReadGraphAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Stores the graph of a run unless it has one; a damaged one is set aside. What is stored then counts, which may be another's.</summary>
    Task StoreGraphAsync(string runId, GraphDocument graph, CancellationToken cancellationToken);

    /// <summary>Whether the stored recipe has fields that this version does not know, so that what is read of it is not all that it says.</summary>
    Task<bool> HasUnknownFieldsAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Writes down when and where the run was submitted; now when no time is given. When it was first submitted stays.</summary>
    Task RecordSubmissionAsync(string runId, string? origin, DateTimeOffset? at, CancellationToken cancellationToken);

    /// <summary>The recipe of a run, or null when the run is unknown.</summary>
    Task<Recipe?> ReadRecipeAsync(string runId, CancellationToken cancellationToken);

    /// <summary>When and where the run was submitted; null when nobody wrote that down, or when the document is damaged.</summary>
    Task<Submission?> ReadSubmissionAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Writes down how the last invocation went that computed something.</summary>
    Task RecordWorkAsync(string runId, RunWork work, CancellationToken cancellationToken);

    /// <summary>How the last invocation went that computed something; null when nobody wrote that down.</summary>
    Task<RunWork?> ReadWorkAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Ids of all runs, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken cancellationToken);

    /// <summary>Puts the run among those that sweeps look after.</summary>
    Task ActivateAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Takes the run from among those that sweeps look after.</summary>
    Task DeactivateAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Ids of the runs that sweeps look after, in ordinal order.</summary>
    IAsyncEnumerable<string> ListActiveAsync(CancellationToken cancellationToken);

    /// <summary>Enters a run in the index, under the day it was first submitted on; nothing happens when it is there.</summary>
    Task IndexAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Records how a run ended and takes it from among the active ones; what was recorded first stays, unless it is damaged.</summary>
    Task EndAsync(string runId, RunEnd end, CancellationToken cancellationToken);

    /// <summary>How a run ended, or null when that is not recorded, or when the document is damaged.</summary>
    Task<RunEnd?> ReadEndAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Forgets how a run ended and makes it active again.</summary>
    Task ReopenAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Records that nobody wants more work on the run, and takes it from among the active ones.</summary>
    Task CancelAsync(string runId, CancellationToken cancellationToken);

    Task<bool> IsCancelledAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Records the candidates of a partial soup; the first writer wins and its choice is returned.</summary>
    Task<IReadOnlyList<string>> RecordChoiceAsync(string runId, string node, IReadOnlyList<string> candidateKeys, CancellationToken cancellationToken);

    Task<IReadOnlyList<string>?> ReadChoiceAsync(string runId, string node, CancellationToken cancellationToken);
}
