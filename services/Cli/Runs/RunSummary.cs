using System.Collections.Concurrent;
using SparsePipeline.Cli.Store;
using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Runs;

/// <summary>Where a run stands, on one line.</summary>
/// <param name="RunId">The run.</param>
/// <param name="State">One of <see cref="RunStates"/>.</param>
/// <param name="Done">Steps whose outputs are stored.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="SubmittedAt">When it was submitted last; null when that was not written down.</param>
internal sealed record RunSummary(string RunId, string State, int Done, int Total, DateTimeOffset? SubmittedAt)
{
    // Enough to hide the latency of a store over a network, few enough not to be a burden to it.
    private const int ReadsAtOnce = 32;

    /// <summary>All runs of a store, in no particular order. A run whose documents are damaged is told as failed.</summary>
    public static async Task<IReadOnlyCollection<RunSummary>> ReadAllAsync(LocalStore store, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<RunSummary>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(store.Runs.ListAsync(cancellationToken), options, async (runId, token) => found.Add(await ReadAsync(store, runId, token)));
        return found;
    }

    private static async Task<RunSummary> ReadAsync(LocalStore store, string runId, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await KnownRuns.PlanAsync(store, runId, cancellationToken);
            var isCancelled = !plan.HasEnded && await store.Runs.IsCancelledAsync(runId, cancellationToken);
            var submittedAt = await store.Runs.SubmittedAtAsync(runId, cancellationToken);
            return new(runId, RunStates.Of(plan, isCancelled), plan.Steps.Count(s => s.State == StepState.Done), plan.Steps.Count, submittedAt);
        }
        catch (DomainException)
        {
            return new(runId, RunStates.Failed, 0, 0, SubmittedAt: null);
        }
    }
}
