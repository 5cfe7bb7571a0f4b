using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Telemetry;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>
/// One look at the active runs that <see cref="SweepRounds"/> names. What was lost, be it an event, a command, a whole broker or a worker, shows as a ready step that
/// nobody speaks for, and then its run is nudged: the workers plan it again and send what is missing.
/// </summary>
public sealed class RunSweep(
    IRunStore runs, RunPlanner planner, IClaimStore claims, IRunBus bus, NudgePatience patience, SweepRounds rounds, IOptions<RunFollowerOptions> options,
    TimeProvider time, ILogger<RunSweep> log)
{
    // Few at a time: a thousand runs are looked at in seconds, and the store has other things to do.
    private const int AtOnce = 4;

    // A broker that does not confirm one nudge costs a sweep one wait, not one for each run.
    private volatile bool _mute;

    private TimeSpan Limit => TimeSpan.FromSeconds(options.Value.SweepPatienceSeconds);

    /// <summary>
    /// Looks once at the runs whose turn it is. A run whose documents cannot be read, or that takes longer than <c>Runs:SweepPatienceSeconds</c>, costs a line in
    /// the log, not the sweep.
    /// </summary>
    /// <param name="advanced">Called after each run.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task SweepAsync(Action advanced, CancellationToken cancellationToken)
    {
        _mute = false;
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var active = await runs.ListActiveAsync(cancellationToken).ToListAsync(cancellationToken);
        var ended = 0;
        await Parallel.ForEachAsync(rounds.Choose(active, time.GetUtcNow()), limit, async (runId, token) =>
        {
            if (!await TrySweepAsync(runId, token))
                Interlocked.Increment(ref ended);
            advanced();
        });
        RunTelemetry.Swept(active.Count - ended);
    }

    // True when the run goes on, or when nothing could be learnt of it.
    private async Task<bool> TrySweepAsync(string runId, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await SweepAsync(runId, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Skip(runId, $"It took longer than {Limit.TotalSeconds:0.###} s (Runs:SweepPatienceSeconds).");
        }
        catch (DomainException refused) when (refused.Failure.Code == FailureCodes.ForeignRecipe)
        {
            log.RunRefused(runId, refused.Failure.Reason, refused.Failure.Remedy);
            await runs.EndAsync(runId, RunEnd.Refused(refused.Failure, time.GetUtcNow()), cancellationToken);
            return false;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or StoreUnavailableException))
        {
            return Skip(runId, exception.Message);
        }
    }

    // Its turn is over as well, or a hundred such runs would take everybody's.
    private bool Skip(string runId, string reason)
    {
        log.RunNotSwept(runId, reason);
        rounds.Looked(runId, new RunLook(reason, IsAtWork: false, WakeAt: null));
        return true;
    }

    private async Task<bool> SweepAsync(string runId, CancellationToken cancellationToken)
    {
        var (plan, goesOn) = await LookAsync(runId, cancellationToken);
        if (goesOn)
            await NudgeAsync(runId, plan!, cancellationToken);
        else
            await EndAsync(runId, plan, cancellationToken);
        return goesOn;
    }

    private async Task<(Plan? Plan, bool GoesOn)> LookAsync(string runId, CancellationToken cancellationToken)
    {
        if (!RunId.IsWellFormed(runId))
            return (null, false);
        var isCancelled = await runs.IsCancelledAsync(runId, cancellationToken);
        var plan = await planner.PlanAsync(runId, cancellationToken);
        // What this process has seen may be gone: a run ends by what is in the store.
        if (plan is { HasEnded: true } && !isCancelled)
            plan = await planner.ReviewAsync(runId, cancellationToken);
        return (plan, plan is { HasEnded: false } && !isCancelled);
    }

    // Deleting cannot be made conditional, so a run that was started again in between is put back.
    private async Task EndAsync(string runId, Plan? plan, CancellationToken cancellationToken)
    {
        if (plan is null)
            await runs.DeactivateAsync(runId, cancellationToken);
        else
            await runs.EndAsync(runId, RunEnd.Of(plan, time.GetUtcNow()), cancellationToken);
        if ((await LookAsync(runId, cancellationToken)).GoesOn)
            await runs.ReopenAsync(runId, cancellationToken);
    }

    private async Task NudgeAsync(string runId, Plan plan, CancellationToken cancellationToken)
    {
        var claimed = new List<(string Key, ClaimLook Look)>();
        foreach (var step in plan.Ready)
            claimed.Add((step.Key!, await claims.LookAsync(step.Key!, cancellationToken)));
        rounds.Looked(runId, new RunLook(Standing(plan, claimed), claimed.Exists(c => c.Look == ClaimLook.Held), plan.WakeAt));
        var free = claimed.Where(c => c.Look == ClaimLook.Free).Select(c => c.Key).ToList();
        if (_mute || !patience.MayNudge(runId, free))
            return;
        log.Nudged(runId, free.Count);
        RunTelemetry.Nudged();
        await NudgeAsync(runId, cancellationToken);
    }

    private async Task NudgeAsync(string runId, CancellationToken cancellationToken)
    {
        try
        {
            await bus.NudgedAsync(runId, cancellationToken);
        }
        catch (BusSilentException silent)
        {
            _mute = true;
            patience.Forget(runId);
            log.NudgesStopped(silent.Message);
        }
    }

    private static string Standing(Plan plan, IEnumerable<(string Key, ClaimLook Look)> claimed) =>
        $"{plan.Steps.Count(s => s.Result is not null)} {string.Join(' ', claimed.Select(c => $"{c.Key}:{c.Look}"))}";
}
