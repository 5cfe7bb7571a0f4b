using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Http;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Gateway.Runs;

/// <summary>Finds out where runs stand: those that have ended from one small document, the others by planning them.</summary>
internal sealed class RunStanding(IRunStore runs, RunPlanner planner, TimeProvider time)
{
    private const int ReadsAtOnce = 32;

    /// <summary>The runs of a page, in its order.</summary>
    public async Task<IReadOnlyList<RunAnswer>> ReadAsync(RunPage page, CancellationToken cancellationToken)
    {
        var found = new RunAnswer[page.Runs.Count];
        var limit = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, found.Length, limit, async (i, token) => found[i] = await ReadAsync(page.Runs[i].Run.RunId, page.Runs[i].End, token));
        return found;
    }

    /// <summary>One run.</summary>
    /// <exception cref="RefusedRequestException">404: there is none of that id.</exception>
    public async Task<RunAnswer> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        await PlanAsync(runId, cancellationToken);
        return await ReadAsync(runId, await runs.ReadEndAsync(runId, cancellationToken), cancellationToken);
    }

    /// <summary>The plan of a run.</summary>
    /// <exception cref="RefusedRequestException">404: there is none of that id.</exception>
    public async Task<Plan> PlanAsync(string runId, CancellationToken cancellationToken) =>
        RunId.IsWellFormed(runId) && await planner.PlanAsync(runId, cancellationToken) is { } plan ? plan : throw RefusedRequestException.NotFound("such run", "GET /v1/runs lists all.");

    // A run whose documents are damaged must not keep anybody from listing the others.
    private async Task<RunAnswer> ReadAsync(string runId, RunEnd? end, CancellationToken cancellationToken)
    {
        var submission = await runs.ReadSubmissionAsync(runId, cancellationToken);
        var answer = new RunAnswer
        {
            RunId = runId,
            State = end?.State ?? RunStates.Unfinished,
            Done = end?.Done ?? 0,
            Total = end?.Total ?? 0,
            SubmittedAt = submission?.First ?? submission?.At,
            EndedAt = end?.At,
            Failure = end?.Failure,
            Soup = end?.Soup,
            Origin = submission?.Origin,
        };
        if (end is { Total: > 0 })
            return answer;
        try
        {
            var plan = await PlanAsync(runId, cancellationToken);
            var state = RunStates.Of(plan, end?.State == RunStates.Cancelled || await runs.IsCancelledAsync(runId, cancellationToken));
            if (plan.HasEnded)
            {
                // It has ended, and no sweep has written that down yet.
                var ended = RunEnd.Of(plan, time.GetUtcNow());
                return answer with { State = ended.State, Done = ended.Done, Total = ended.Total, EndedAt = ended.At, Failure = ended.Failure, Soup = ended.Soup };
            }
            return answer with { State = state, Done = plan.Steps.Count(s => s.State == StepState.Done), Total = plan.Steps.Count };
        }
        catch (DomainException refused)
        {
            return answer with { State = RunStates.Failed, Failure = refused.Failure };
        }
    }
}
