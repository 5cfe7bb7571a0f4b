using MassTransit;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>One sitting at a step under its claim: from the resume point to the result or to the next resume point.</summary>
public sealed class StepSitting<TSpec>(
    StepKind<TSpec> kind,
    IStepHandler<TSpec> handler,
    DataRoots roots,
    IStepStore steps,
    IArtifactStore artifacts,
    StepClaims claims,
    IStepIntake<TSpec> intake,
    IClaimOwners owners,
    Confirmations confirmations,
    TimeProvider time,
    ILogger<StepSitting<TSpec>> log)
    where TSpec : StepSpec
{
    private static readonly TimeSpan HandOverPause = TimeSpan.FromMilliseconds(200);

    internal async Task<SittingEnd> SitAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        if (await claims.IsUnwantedAsync(order.RunId, context.CancellationToken))
        {
            // Another run may want the same step, and its planner must not wait for this command.
            await intake.ReturnAsync(order.Key);
            await HandOverAsync(context, order);
            return SittingEnd.Nothing;
        }
        await using var claim = await claims.TryHoldAsync(order.RunId, order.Key, context.CancellationToken);
        if (claim is null)
            return SittingEnd.Nothing;
        WorkPulse.Follow(claim);
        return await SitAsync(context, order, claim);
    }

    /// <summary>Gives a step up that a stopping process waited with, so that another takes it at once.</summary>
    internal async Task LeaveAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        try
        {
            intake.End(order.Key);
            await claims.ReleaseAsync(order.Key);
            await HandOverAsync(context, order);
        }
        catch (DiskStillFullException)
        {
            // The claim is on that disk, too; it runs out by itself.
        }
    }

    private async Task<SittingEnd> SitAsync(ConsumeContext context, StepOrder<TSpec> order, HeldClaim claim)
    {
        try
        {
            return claim.Grant.Attempts > intake.MaxAttempts
                ? await GiveUpAsync(order.Key, claim.Grant)
                : await SitAsync(context, order, claim.Token).WaitAsync(claim.Abandoned);
        }
        catch (OperationCanceledException) when (claim.HasLapsed)
        {
            await claims.PauseAsync(order.Key, claim.Reason);
            log.StoodStill(kind.Name, claim.Reason);
            StepTelemetry.StepEnded(kind.Name, StepOutcomes.Faulted, seconds: 0);
            return SittingEnd.Nothing;
        }
        catch (OperationCanceledException) when (claim.Token.IsCancellationRequested)
        {
            await claims.ReleaseAsync(order.Key);
            log.Interrupted(kind.Name, claim.Reason);
            StepTelemetry.StepEnded(kind.Name, StepOutcomes.Cancelled, seconds: 0);
            await HandOverAsync(context, order);
            return SittingEnd.Nothing;
        }
    }

    private async Task<SittingEnd> SitAsync(ConsumeContext context, StepOrder<TSpec> order, CancellationToken stop)
    {
        var news = new StepNews(context, log);
        await news.TellAsync(new StepStarted { RunId = order.RunId, StepKey = order.Key, Kind = kind.Name, At = time.GetUtcNow() });
        var before = await LoadAsync(order.Key, stop);
        try
        {
            var outcome = await ComputeAsync(news, order, before, stop);
            return outcome.ResumePoint is null ? await StoreAsync(order, before, outcome) : await SaveAsync(order.Key, before, outcome, stop);
        }
        catch (DomainException unknown) when (unknown.Failure.Code == FailureCodes.UnknownMethod && intake.IsShared)
        {
            // Whoever submitted the run knew the method, so a worker of that version does: no result of this one may stand in its way.
            await claims.RestAsync(order.Key, unknown.Failure.Reason);
            log.LeftToOthers(kind.Name, unknown.Failure.Reason);
            return SittingEnd.Nothing;
        }
        catch (DomainException refused)
        {
            return await RefuseAsync(order.Key, before, refused.Failure);
        }
    }

    // The queue may deliver to a stopping process for a moment more: without a pause the command would come back at once, again and again.
    private async Task HandOverAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        if (!claims.IsStopping || !await intake.TryHandOverAsync(order.Key))
            return;
        await Task.Delay(HandOverPause, time, CancellationToken.None);
        await kind.SendAsync(order, context, confirmations, CancellationToken.None);
    }

    private Task<SittingEnd> GiveUpAsync(string key, ClaimGrant grant)
    {
        var reason = $"The {kind.Name} step was begun {grant.Attempts - 1} times and never came to a result or a new resume point. "
            + (grant.LastFault is { } fault ? $"The last time it threw: {fault}" : "The last time its worker died or fell silent.");
        const string Remedy = "Mend the cause (the worker's log names it) and run the recipe again: finished steps are kept.";
        return RefuseAsync(key, before: null, new StepFailure(FailureCodes.StepFaulted, reason, Remedy));
    }

    private Task<SittingEnd> RefuseAsync(string key, StepProgress? before, StepFailure failure)
    {
        log.Refused(kind.Name, failure.Code, failure.Reason);
        return StoreAsync(ResultOf(key, before) with { Failure = failure }, seconds: 0);
    }

    // A resume point is a help, not an input: when it is gone or damaged the step starts over.
    private async Task<StepProgress?> LoadAsync(string key, CancellationToken stop)
    {
        if (await steps.ReadProgressAsync(key, stop) is not { } before)
            return null;
        try
        {
            await artifacts.FetchAsync(before.ResumePoint, stop);
            return before;
        }
        catch (DomainException lost)
        {
            log.ResumePointLost(kind.Name, lost.Failure.Reason);
            return null;
        }
    }

    private async Task<StepOutcome> ComputeAsync(StepNews news, StepOrder<TSpec> order, StepProgress? before, CancellationToken stop)
    {
        roots.Check(order.Spec);
        await using var relay = new ProgressRelay(progress => TellAsync(news, order, before, progress), time);
        return await handler.ComputeAsync(order.Spec, new StepSlice(before?.ResumePoint, relay), stop);
    }

    private async Task TellAsync(StepNews news, StepOrder<TSpec> order, StepProgress? before, RunnerProgress progress)
    {
        if (progress.ResumePoint is { } point)
            await RememberAsync(order.Key, before, point, progress.Seconds);
        await news.TellAsync(new StepProgressed
        {
            RunId = order.RunId,
            StepKey = order.Key,
            Fraction = progress.Fraction,
            Message = progress.Message,
            At = time.GetUtcNow(),
        });
    }

    // The next resume point comes soon, and the work goes on without this one: a store that is away for a moment must not cost the rest.
    private async Task RememberAsync(string key, StepProgress? before, ArtifactRef point, double seconds)
    {
        try
        {
            await TrySaveAsync(key, before, point, seconds);
        }
        catch (StoreUnavailableException away)
        {
            log.ResumePointNotRemembered(kind.Name, away.Message);
        }
    }

    private Task<SittingEnd> StoreAsync(StepOrder<TSpec> order, StepProgress? before, StepOutcome outcome)
    {
        var result = ResultOf(order.Key, before, outcome.Seconds) with { Outputs = outcome.Outputs!, Metrics = outcome.Metrics };
        return StoreAsync(result, outcome.Seconds);
    }

    // What is computed is stored even when the process stops meanwhile.
    private async Task<SittingEnd> StoreAsync(StepResult result, double seconds)
    {
        var stored = await steps.StoreResultAsync(result, CancellationToken.None);
        StepTelemetry.StepEnded(kind.Name, stored.Failure is null ? StepOutcomes.Done : StepOutcomes.Failed, seconds);
        return new SittingEnd(stored, Continue: false);
    }

    private async Task<SittingEnd> SaveAsync(string key, StepProgress? before, StepOutcome outcome, CancellationToken stop)
    {
        var saved = await TrySaveAsync(key, before, outcome.ResumePoint!, outcome.Seconds);
        stop.ThrowIfCancellationRequested();
        return saved ? SittingEnd.ToBeContinued : SittingEnd.Nothing;
    }

    // Who slept through its lease must not put an old resume point in the place of its successor's.
    private async Task<bool> TrySaveAsync(string key, StepProgress? before, ArtifactRef point, double seconds)
    {
        if (!await claims.StillHoldsAsync(key))
            return false;
        await steps.SaveProgressAsync(key, new StepProgress(point, (before?.Seconds ?? 0) + seconds), CancellationToken.None);
        return true;
    }

    private StepResult ResultOf(string key, StepProgress? before, double seconds = 0) => new()
    {
        Key = key,
        Kind = kind.Name,
        CompletedAt = time.GetUtcNow(),
        Seconds = (before?.Seconds ?? 0) + seconds,
        Worker = owners.Mine,
    };
}
