using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>
/// Submits a run and follows it to its end. It conducts nothing: workers plan for themselves, and the follower only nudges
/// them now and then, so that a lost event or a dead worker costs one sweep.
/// </summary>
public sealed class RunFollower(
    IRunStore runs, RunSubmission submission, RunPlanner planner, RunWatches watches, IRunEars ears, IRunBus bus, TimeProvider time,
    IOptions<RunFollowerOptions> options, IOptions<BusOptions> transport)
{
    private static readonly object Sweep = new();

    /// <summary>Returns when the run has finished, has failed or was cancelled; the plan's failure says which.</summary>
    /// <param name="recipe">A valid recipe.</param>
    /// <param name="observer">Sees every plan and every event.</param>
    /// <param name="cancellationToken">Stops following; the run itself is not cancelled and can be followed again.</param>
    public async Task<RunOutcome> FollowAsync(Recipe recipe, IRunObserver observer, CancellationToken cancellationToken)
    {
        var (since, start) = (time.GetUtcNow(), time.GetTimestamp());
        var runId = RunId.Of(recipe);
        using var watch = watches.Watch(runId);
        await using var ear = await ears.ListenAsync(runId, cancellationToken);
        CheckKnown(runId, await submission.SubmitAsync(recipe, cancellationToken));
        var plan = await FollowAsync(runId, watch, observer, new OldFailures(planner, runs, bus, since), cancellationToken);
        await EndAsync(runId, plan, cancellationToken);
        var cached = plan.Steps.Where(s => s.Result is { Failure: null } result && result.CompletedAt < since).Select(s => s.Node).ToHashSet(StringComparer.Ordinal);
        var outcome = new RunOutcome(runId, plan, cached, time.GetElapsedTime(start)) { Since = since };
        return outcome with { EarlierWork = await EarlierWorkAsync(outcome, cancellationToken) };
    }

    // In one process there are no workers of another version to wait for.
    private void CheckKnown(string runId, Plan plan)
    {
        if (!transport.Value.IsShared && !plan.HasEnded && plan.Unknown.FirstOrDefault() is { } step)
            throw new DomainException(
                FailureCodes.NewerVersion,
                $"Run '{runId}' was compiled by another version of SparsePipeline; this one does not know all of its step '{step.Node}' (kind '{step.Kind}'): {step.Unknown}",
                "Go on with that version: finished steps are kept.");
    }

    // Telling the workers of a cancellation takes a while, so a run that was started again in between is put back.
    private async Task EndAsync(string runId, Plan plan, CancellationToken cancellationToken)
    {
        await runs.EndAsync(runId, RunEnd.Of(plan, time.GetUtcNow()), cancellationToken);
        if (plan.Failure?.Code == FailureCodes.Cancelled && !await runs.IsCancelledAsync(runId, cancellationToken))
            await runs.ReopenAsync(runId, cancellationToken);
    }

    // Whoever computes something writes it down; whoever finds everything done reads it.
    private async Task<RunWork?> EarlierWorkAsync(RunOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Plan.Steps.All(s => s.Result is null || s.Result.CompletedAt < outcome.Since))
            return await runs.ReadWorkAsync(outcome.RunId, cancellationToken)
                ?? RunWork.Of(outcome.Plan, (await runs.ReadSubmissionAsync(outcome.RunId, cancellationToken))?.At);
        var work = new RunWork(outcome.Since, outcome.Wall.TotalSeconds, [.. outcome.Cached.Order(StringComparer.Ordinal)]);
        await runs.RecordWorkAsync(outcome.RunId, work, cancellationToken);
        return null;
    }

    private async Task<Plan> FollowAsync(
        string runId, RunWatch watch, IRunObserver observer, OldFailures failures, CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromSeconds(options.Value.SweepSeconds);
        using var sweeps = time.CreateTimer(_ => watch.Tell(Sweep), state: null, interval, interval);
        var faults = new FaultedSteps();
        var plan = await PlanAsync(runId, observer, cancellationToken);
        while (!plan.HasEnded || !await IsOverAsync(runId, faults, failures, cancellationToken))
        {
            var messages = await watch.NextAsync(cancellationToken);
            if (!Tell(observer, faults, messages))
                continue;
            if (await runs.IsCancelledAsync(runId, cancellationToken))
                return await StopAsync(runId, plan, cancellationToken);
            plan = Judge(faults, await PlanAsync(runId, observer, cancellationToken));
            if (messages.Contains(Sweep) && !plan.HasEnded)
                await NudgeAsync(runId, cancellationToken);
        }
        return plan;
    }

    // A run ends by what is in the store, and not by failures from before its inputs were made again.
    private async Task<bool> IsOverAsync(string runId, FaultedSteps faults, OldFailures failures, CancellationToken cancellationToken)
    {
        if (await planner.ReviewAsync(runId, cancellationToken) is not { } review || (!review.HasEnded && Judge(faults, review).HasEnded))
            return true;
        return review.HasEnded && !await failures.TryAgainAsync(runId, review, cancellationToken);
    }

    // On a shared bus the workers sweep, send what faulted again, and store a failure when that does not help.
    private Plan Judge(FaultedSteps faults, Plan plan) => transport.Value.IsShared ? plan : faults.Judge(plan);

    private Task NudgeAsync(string runId, CancellationToken cancellationToken) =>
        transport.Value.IsShared ? Task.CompletedTask : bus.NudgedAsync(runId, cancellationToken);

    private async Task<Plan> PlanAsync(string runId, IRunObserver observer, CancellationToken cancellationToken)
    {
        var plan = await planner.PlanAsync(runId, cancellationToken)
            ?? throw new DomainException(
                FailureCodes.MissingArtifact, $"The recipe of run '{runId}' is gone from the store.", "Submit it again.");
        observer.Planned(runId, plan);
        return plan;
    }

    private async Task<Plan> StopAsync(string runId, Plan plan, CancellationToken cancellationToken)
    {
        await bus.CancelledAsync(runId, cancellationToken);
        var failure = new StepFailure(FailureCodes.Cancelled, $"The run '{runId}' was cancelled.", "Run it again: finished steps are kept.");
        return plan with { Failure = failure };
    }

    // True when a message may have changed the plan.
    private static bool Tell(IRunObserver observer, FaultedSteps faults, IReadOnlyList<object> messages)
    {
        var replan = false;
        foreach (var message in messages)
        {
            replan |= message is not (StepStarted or StepProgressed);
            if (message is StepStarted started)
                observer.Started(started);
            else if (message is StepProgressed progressed)
                observer.Progressed(progressed);
            else if (message is StepFailed failed)
                observer.Failed(failed);
            else if (message is StepFaulted faulted)
                faults.Add(faulted);
        }
        return replan;
    }
}
