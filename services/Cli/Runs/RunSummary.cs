using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Runs;

/// <summary>Where a run stands, on one line.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State">One of <see cref="RunStates"/>.</param>
/// <param name="Done">Steps whose outputs are stored.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="SubmittedAt">When it was submitted last while there was something to do; null when that was not written down.</param>
/// <param name="EndedAt">When it ended; null when it has not, or when nobody wrote that down.</param>
/// <param name="Origin">Where it was submitted; null when that was not written down.</param>
internal sealed record RunSummary(string RunId, string State, int Done, int Total, DateTimeOffset? SubmittedAt, DateTimeOffset? EndedAt, string? Origin)
{
    /// <summary>State, time and origin, as far as they are known.</summary>
    public string Standing => string.Join(", ", new[] { State, SubmittedAt is { } at ? $"{at:u}" : null, Origin }.OfType<string>());

    // Enough to hide the latency of a store over a network, few enough not to be a burden to it.
    private const int ReadsAtOnce = 32;

    /// <summary>The runs of a page, in its order. A run whose documents are damaged is told as failed.</summary>
    public static async Task<IReadOnlyList<RunSummary>> ReadAsync(LocalStore store, RunPage page, CancellationToken cancellationToken)
    {
        var found = new RunSummary[page.Runs.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, found.Length, options, async (i, token) => found[i] = await ReadAsync(store, page.Runs[i], token));
        return found;
    }

    /// <summary>One run; told as failed when its documents are damaged.</summary>
    public static async Task<RunSummary> ReadAsync(LocalStore store, string runId, CancellationToken cancellationToken) =>
        await ReadAsync(store, new ListedRun(new IndexedRun(runId, default), await store.Runs.ReadEndAsync(runId, cancellationToken)), cancellationToken);

    private static async Task<RunSummary> ReadAsync(LocalStore store, ListedRun listed, CancellationToken cancellationToken)
    {
        var (runId, end) = (listed.Run.RunId, listed.End);
        try
        {
            var submission = await store.Runs.ReadSubmissionAsync(runId, cancellationToken);
            // A cancellation is written without a look at the plan.
            if (end is { Total: > 0 })
                return new(runId, end.State, end.Done, end.Total, submission?.At, end.At, submission?.Origin);
            var plan = await KnownRuns.PlanAsync(store, runId, cancellationToken);
            var isCancelled = end?.State == RunStates.Cancelled || (!plan.HasEnded && await store.Runs.IsCancelledAsync(runId, cancellationToken));
            var done = plan.Steps.Count(s => s.State == StepState.Done);
            return new(runId, RunStates.Of(plan, isCancelled), done, plan.Steps.Count, submission?.At, end?.At, submission?.Origin);
        }
        catch (DomainException newer) when (newer.Failure.Code == FailureCodes.NewerVersion)
        {
            return new(runId, RunStates.Unfinished, 0, 0, SubmittedAt: null, EndedAt: null, Origin: null);
        }
        catch (DomainException)
        {
            return new(runId, RunStates.Failed, 0, 0, SubmittedAt: null, EndedAt: null, Origin: null);
        }
    }
}
