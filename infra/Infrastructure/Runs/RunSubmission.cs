using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Telemetry;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Starts runs, or starts them again. From then on workers plan for themselves, whether anybody follows or not.</summary>
public sealed class RunSubmission(
    IRunStore runs, RunPlanner planner, IRunBus bus, RunTraces traces, DamagedResults damaged, TimeProvider time, IOptions<RunFollowerOptions> options)
{
    /// <summary>
    /// Stores a valid recipe, forgets failures that may have been mended, and tells the workers. A plan that has ended already was told to nobody,
    /// and a run that has ended for good is left as it is.
    /// </summary>
    public async Task<Plan> SubmitAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var runId = RunId.Of(recipe);
        using var span = StepTelemetry.StartRun(runId, recipe.Name, await traces.ParentAsync(runId, cancellationToken));
        var before = await runs.ReadSubmissionAsync(runId, cancellationToken);
        if (await FindEndedAsync(runId, cancellationToken) is { } ended)
        {
            await RecordAsync(runId, ended, before, cancellationToken);
            return ended;
        }
        await runs.SubmitAsync(recipe, cancellationToken);
        var plan = await planner.ReviewAsync(recipe, cancellationToken);
        foreach (var key in damaged.Seen)
            await damaged.SetAsideAsync(key, cancellationToken);
        if (await planner.ForgetMendableAsync(plan, cancellationToken))
        {
            // A sweep may have found the run ended until now.
            await runs.ReopenAsync(runId, cancellationToken);
            plan = await planner.ReviewAsync(recipe, cancellationToken);
        }
        await RecordAsync(runId, plan, before, cancellationToken);
        if (plan.HasEnded)
            await runs.EndAsync(runId, RunEnd.Of(plan, time.GetUtcNow()), cancellationToken);
        else
            await bus.SubmittedAsync(runId, cancellationToken);
        return plan;
    }

    // A run that has ended and is asked for once more keeps the time of the work that was done; that somebody wants it for itself and not
    // within a study is news all the same.
    private async Task RecordAsync(string runId, Plan plan, Submission? before, CancellationToken cancellationToken)
    {
        var origin = options.Value.Origin;
        if (before is null || !plan.HasEnded)
        {
            await runs.RecordSubmissionAsync(runId, origin, at: null, cancellationToken);
            return;
        }
        var kept = before with { Origin = RunOrigins.IsStudy(before.Origin) && !RunOrigins.IsStudy(origin) ? origin : before.Origin };
        if (await runs.ReadSubmissionAsync(runId, cancellationToken) is not { } now || now.At != kept.At || now.Origin != kept.Origin)
            await runs.RecordSubmissionAsync(runId, kept.Origin, kept.At, cancellationToken);
    }

    // Another run may have computed what this one lacked when its end was written down.
    private async Task<Plan?> FindEndedAsync(string runId, CancellationToken cancellationToken) =>
        await runs.ReadEndAsync(runId, cancellationToken) is { State: RunStates.Finished or RunStates.Failed } end
        && await ReviewAsync(runId, cancellationToken) is { HasEnded: true } plan
        && RunStates.Of(plan, isCancelled: false) == end.State
        && !RunPlanner.CanBeMended(plan) ? plan : null;

    // A stored recipe that is damaged is about to be replaced.
    private async Task<Plan?> ReviewAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            return await planner.ReviewAsync(runId, cancellationToken);
        }
        catch (DomainException refused) when (refused.Failure.Code == FailureCodes.CorruptArtifact)
        {
            return null;
        }
    }
}
