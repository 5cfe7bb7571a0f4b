using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Telemetry;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>
/// One look at every active run. What was lost, be it an event, a command, a whole broker or a worker, shows as a ready step that
/// nobody speaks for, and then its run is nudged: the workers plan it again and send what is missing.
/// </summary>
public sealed class RunSweep(IRunStore runs, RunPlanner planner, IClaimStore claims, IRunBus bus, NudgePatience patience, IOptions<RunFollowerOptions> options,
    TimeProvider time, ILogger<RunSweep> log)
{
    // Few at a time: a thousand runs are looked at in seconds, and the store has other things to do.
    private const int AtOnce = 4;

    // A broker that does not confirm one nudge costs a sweep one wait, not one for each run.
    private volatile bool _mute;

    private TimeSpan Limit => TimeSpan.FromSeconds(options.Value.SweepPatienceSeconds);

    /// <summary>
    /// Looks at all active runs once. A run whose documents cannot be read, or that takes longer than <c>Runs:SweepPatienceSeconds</c>, costs a line in
    /// the log, not the sweep.
    /// </summary>
    /// <param name="advanced">Called after each run.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task SweepAsync(Action advanced, CancellationToken cancellationToken)
    {
        _mute = false;
        var limit = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var active = 0;
        await Parallel.ForEachAsync(runs.ListActiveAsync(cancellationToken), limit, async (runId, token) =>
        {
            if (await TrySweepAsync(runId, token))
                Interlocked.Increment(ref active);
            advanced();
        });
        RunTelemetry.Swept(active);
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
            log.RunNotSwept(runId, $"It took longer than {Limit.TotalSeconds:0.###} s (Runs:SweepPatienceSeconds).");
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.RunNotSwept(runId, exception.Message);
            return true;
        }
    }

    private async Task<bool> SweepAsync(string runId, CancellationToken cancellationToken)
    {
        var plan = await FindUnendedAsync(runId, cancellationToken);
        if (plan is null)
            await RemoveAsync(runId, cancellationToken);
        else
            await NudgeAsync(runId, plan, cancellationToken);
        return plan is not null;
    }

    private async Task<Plan?> FindUnendedAsync(string runId, CancellationToken cancellationToken)
    {
        if (!RunId.IsWellFormed(runId) || await runs.IsCancelledAsync(runId, cancellationToken))
            return null;
        return await planner.PlanAsync(runId, cancellationToken) is { HasEnded: false } plan ? plan : null;
    }

    // Deleting cannot be made conditional, so a run that was started again in between is put back.
    private async Task RemoveAsync(string runId, CancellationToken cancellationToken)
    {
        await runs.DeactivateAsync(runId, cancellationToken);
        if (await FindUnendedAsync(runId, cancellationToken) is not null)
            await runs.ActivateAsync(runId, cancellationToken);
    }

    private async Task NudgeAsync(string runId, Plan plan, CancellationToken cancellationToken)
    {
        var free = new List<string>();
        foreach (var step in plan.Ready)
        {
            if (await claims.IsFreeAsync(step.Key!, cancellationToken))
                free.Add(step.Key!);
        }
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
}
