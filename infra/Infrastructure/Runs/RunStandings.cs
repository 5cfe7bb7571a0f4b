using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Finds out where runs stand: those that have ended from one small document, the others by planning them.</summary>
public sealed class RunStandings(IRunStore runs, RunPlanner planner)
{
    // Enough to hide the latency of a store over a network, few enough not to be a burden to it.
    private const int ReadsAtOnce = 32;

    /// <summary>The runs of a page, in its order. One whose documents are damaged is told as failed, one of a newer version as unfinished: neither keeps anybody from listing the others.</summary>
    public async Task<IReadOnlyList<RunStanding>> ReadAsync(RunPage page, CancellationToken cancellationToken)
    {
        var found = new RunStanding[page.Runs.Count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, found.Length, limit, async (i, token) => found[i] = await ReadAsync(page.Runs[i].Run.RunId, page.Runs[i].End, known: null, token));
        return found;
    }

    /// <summary>One run, told like those of a page.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="known">Its plan, where it was made already; null otherwise.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<RunStanding> ReadAsync(string runId, Plan? known, CancellationToken cancellationToken) =>
        await ReadAsync(runId, await runs.ReadEndAsync(runId, cancellationToken), known, cancellationToken);

    private async Task<RunStanding> ReadAsync(string runId, RunEnd? end, Plan? known, CancellationToken cancellationToken)
    {
        try
        {
            var submission = await runs.ReadSubmissionAsync(runId, cancellationToken);
            // A cancellation is written without a look at the plan.
            if (end is { Total: > 0 })
                return Of(runId, end, end.At) with { Submission = submission };
            var plan = known ?? await planner.PlanAsync(runId, cancellationToken) ?? throw new DomainException(
                FailureCodes.MissingArtifact, $"Run '{runId}' has no recipe in the store.", "Run its recipe again.");
            var isCancelled = end?.State == RunStates.Cancelled || (!plan.HasEnded && await runs.IsCancelledAsync(runId, cancellationToken));
            var standing = plan.HasEnded
                ? Of(runId, RunEnd.Of(plan, default), end?.At)
                : new RunStanding(runId, RunStates.Of(plan, isCancelled)) { Done = plan.Steps.Count(s => s.State == StepState.Done), Total = plan.Steps.Count, EndedAt = end?.At };
            return standing with { Submission = submission };
        }
        catch (DomainException refused)
        {
            return new RunStanding(runId, refused.Failure.Code == FailureCodes.NewerVersion ? RunStates.Unfinished : RunStates.Failed) { Failure = refused.Failure };
        }
    }

    private static RunStanding Of(string runId, RunEnd end, DateTimeOffset? endedAt) => new(runId, end.State)
    {
        Done = end.Done,
        Total = end.Total,
        EndedAt = endedAt,
        Failure = end.Failure,
        Network = end.Soup,
    };
}
