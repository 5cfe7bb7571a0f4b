using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Rehearses a run whose files are in the store, where this process has runners: what is submitted over the network is refused as <c>sparsepipe run</c> refuses it.</summary>
/// <remarks>
/// Only a refusal counts. Where no runner is there, or none becomes free in time because all train, or the rehearsal itself breaks, the run is let through and its steps say what is wrong.
/// </remarks>
public sealed class StoredRunRehearsal(
    RehearsedRuns rehearsed, RunPlanner planner, IArtifactStore artifacts, DataRoots roots, TimeProvider time, ILogger<StoredRunRehearsal> log, IRunnerPool? runners = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Whether this process can rehearse.</summary>
    public bool IsPossible => runners is not null;

    /// <summary>Returns when nothing is known to stand in the way.</summary>
    /// <param name="recipe">With its data's digest and its files named by content.</param>
    /// <param name="mayRemember">Whether the store may be written to; who only looks at a run leaves nothing behind.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RefusedRunException">Steps would fail; all reasons are told.</exception>
    /// <exception cref="DomainException">A file is missing, or the data is where this process may not read.</exception>
    public async Task EnsureAsync(Recipe recipe, bool mayRemember, CancellationToken cancellationToken)
    {
        if (runners is null || (await planner.PlanAsync(recipe, cancellationToken)).Finished)
            return;
        // Before anything of it is read: whoever may submit is not whoever may read this machine.
        roots.Check(recipe.Data.Path);
        var files = new List<LocalFile>();
        foreach (var file in FilesOf(recipe))
            files.Add(new LocalFile(await artifacts.FetchAsync(file, cancellationToken), file));
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await rehearsed.EnsureAsync(runners, recipe, files, mayRemember, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            log.NotRehearsed(recipe.Name, $"No runner was free and done within {Patience.TotalSeconds:0} s.");
        }
        catch (Exception broken) when (broken is RunnerJobException or RunnerUnavailableException or RunnerSilentException || broken is DomainException { Failure.Code: FailureCodes.RunnerCrashed })
        {
            log.NotRehearsed(recipe.Name, broken.Message);
        }
    }

    /// <summary>The files of the store that a recipe names, each once.</summary>
    public static IEnumerable<ArtifactRef> FilesOf(Recipe recipe) =>
        new[] { recipe.Model.Script, recipe.Pretraining.Checkpoint, recipe.Soup.AnchorCheckpoint }.Concat(recipe.Soup.Checkpoints ?? []).OfType<ArtifactRef>().Distinct();
}
