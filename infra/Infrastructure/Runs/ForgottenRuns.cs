using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Compares all runs with the active ones, a few a minute, so that none is forgotten by a crash between two writes.</summary>
/// <remarks>
/// A run is stored by several writes, and one that is stored and not among the active ones is looked after by nobody. Whoever sweeps walks over all runs
/// again and again; the walk is kept open between two looks, and where it is stands in <c>sweeps/comparison.json</c> for the next sweeper.
/// </remarks>
public sealed class ForgottenRuns(
    IObjectStore store, IRunStore runs, RunPlanner planner, IOptions<RunFollowerOptions> options, TimeProvider time, ILogger<ForgottenRuns> log)
{
    private const string Place = "sweeps/comparison.json";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private IAsyncEnumerator<string>? _walk;
    private long? _looked;

    /// <summary>Looks at the next few runs when it is time to.</summary>
    /// <param name="advanced">Called after each run.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task LookAsync(Action advanced, CancellationToken cancellationToken)
    {
        if (_looked is { } looked && time.GetElapsedTime(looked) < Interval)
            return;
        _looked = time.GetTimestamp();
        // Taken out while it is in use: one that was left behind in the middle of a step must not be moved on.
        var walk = _walk ?? await OpenAsync(cancellationToken);
        _walk = null;
        var last = await LookAsync(walk, advanced, cancellationToken);
        await store.WriteAsync(Place, Documents.Write(new Comparison(last)), cancellationToken);
        if (last is null)
            await walk.DisposeAsync();
        else
            _walk = walk;
    }

    // The last run looked at; null at the end of the walk.
    private async Task<string?> LookAsync(IAsyncEnumerator<string> walk, Action advanced, CancellationToken cancellationToken)
    {
        string? last = null;
        for (var left = options.Value.ComparedPerMinute; left > 0; left--)
        {
            if (!await walk.MoveNextAsync())
                return null;
            last = walk.Current;
            await LookAsync(last, cancellationToken);
            advanced();
        }
        return last;
    }

    private async Task<IAsyncEnumerator<string>> OpenAsync(CancellationToken cancellationToken)
    {
        var after = await AfterAsync(cancellationToken);
        // Not cancelled with one look, as it outlives it; every request of it has its own bound.
        return runs.ListAsync(CancellationToken.None).Where(run => string.CompareOrdinal(run, after) > 0).GetAsyncEnumerator(CancellationToken.None);
    }

    private async Task<string?> AfterAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadAsync<Comparison>(Place, cancellationToken))?.After;
        }
        catch (DomainException)
        {
            return null; // damaged: from the beginning
        }
    }

    private async Task LookAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            if (await IsForgottenAsync(runId, cancellationToken))
                await RememberAsync(runId, cancellationToken);
            // Nor may the index forget one, or lists would.
            if (RunId.IsWellFormed(runId))
                await runs.IndexAsync(runId, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StoreUnavailableException))
        {
            log.RunNotCompared(runId, exception.Message);
        }
    }

    private async Task<bool> IsForgottenAsync(string runId, CancellationToken cancellationToken) =>
        RunId.IsWellFormed(runId)
        && await MayGoOnAsync(runId, await runs.ReadEndAsync(runId, cancellationToken), cancellationToken)
        && await store.ReadAsync(RunPaths.Active(runId), cancellationToken) is null
        && !await runs.IsCancelledAsync(runId, cancellationToken);

    // Somebody who still wrote an end down while another started the run again leaves one behind that is none: a cancellation that was lifted, or a
    // failure from before the run was last submitted. Of other failures nobody asks again, whatever other runs have computed meanwhile.
    private async Task<bool> MayGoOnAsync(string runId, RunEnd? end, CancellationToken cancellationToken) => end switch
    {
        null or { State: RunStates.Cancelled } => true,
        { State: RunStates.Failed, Failure.Code: not FailureCodes.ForeignRecipe } =>
            await runs.ReadSubmissionAsync(runId, cancellationToken) is { } submission && submission.At > end.At,
        _ => false,
    };

    private async Task RememberAsync(string runId, CancellationToken cancellationToken)
    {
        if (await planner.ReviewAsync(runId, cancellationToken) is not { } plan)
            return;
        if (plan.HasEnded)
        {
            // What was recorded first would stay.
            await runs.ReopenAsync(runId, cancellationToken);
            await runs.EndAsync(runId, RunEnd.Of(plan, time.GetUtcNow()), cancellationToken);
            return;
        }
        log.RunRemembered(runId);
        await runs.ReopenAsync(runId, cancellationToken);
    }

    private sealed record Comparison(string? After);
}
