using MassTransit;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>One sitting at a step under its claim: from the resume point to the result or to the next resume point.</summary>
public sealed class StepSitting<TSpec>(
    StepKind<TSpec> kind,
    IStepHandler<TSpec> handler,
    IStepStore steps,
    IArtifactStore artifacts,
    StepClaims claims,
    IClaimOwners owners,
    TimeProvider time,
    ILogger<StepSitting<TSpec>> log)
    where TSpec : StepSpec
{
    internal async Task<SittingEnd> SitAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        await using var claim = await claims.TryHoldAsync(order.RunId, order.Key, context.CancellationToken);
        if (claim is null)
            return SittingEnd.Nothing;
        try
        {
            return await SitAsync(context, order, claim.Token);
        }
        catch (Exception exception)
        {
            await claims.ReleaseAsync(order.Key);
            if (exception is not OperationCanceledException || !claim.Token.IsCancellationRequested)
                throw;
            log.Interrupted(kind.Name, claim.Reason);
            StepTelemetry.StepEnded(kind.Name, StepOutcomes.Cancelled, seconds: 0);
            return SittingEnd.Nothing;
        }
    }

    private async Task<SittingEnd> SitAsync(ConsumeContext context, StepOrder<TSpec> order, CancellationToken stop)
    {
        await context.Publish(new StepStarted { RunId = order.RunId, StepKey = order.Key, Kind = kind.Name, At = time.GetUtcNow() }, stop);
        var before = await LoadAsync(order.Key, stop);
        try
        {
            var outcome = await ComputeAsync(context, order, before, stop);
            return outcome.ResumePoint is null ? await StoreAsync(order, before, outcome) : await SaveAsync(order.Key, before, outcome, stop);
        }
        catch (DomainException refused)
        {
            log.Refused(kind.Name, refused.Failure.Code, refused.Failure.Reason);
            return await StoreAsync(ResultOf(order.Key, before) with { Failure = refused.Failure }, seconds: 0);
        }
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

    private async Task<StepOutcome> ComputeAsync(
        ConsumeContext context, StepOrder<TSpec> order, StepProgress? before, CancellationToken stop)
    {
        await using var relay = new ProgressRelay(progress => TellAsync(context, order, before, progress));
        return await handler.ComputeAsync(order.Spec, new StepSlice(before?.ResumePoint, relay), stop);
    }

    private async Task TellAsync(ConsumeContext context, StepOrder<TSpec> order, StepProgress? before, RunnerProgress progress)
    {
        if (progress.ResumePoint is { } point)
            await SaveAsync(order.Key, before, point, progress.Seconds);
        var told = new StepProgressed
        {
            RunId = order.RunId,
            StepKey = order.Key,
            Fraction = progress.Fraction,
            Message = progress.Message,
            At = time.GetUtcNow(),
        };
        await context.Publish(told, CancellationToken.None);
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
        await SaveAsync(key, before, outcome.ResumePoint!, outcome.Seconds);
        stop.ThrowIfCancellationRequested();
        return SittingEnd.ToBeContinued;
    }

    private Task SaveAsync(string key, StepProgress? before, ArtifactRef point, double seconds) =>
        steps.SaveProgressAsync(key, new StepProgress(point, (before?.Seconds ?? 0) + seconds), CancellationToken.None);

    private StepResult ResultOf(string key, StepProgress? before, double seconds = 0) => new()
    {
        Key = key,
        Kind = kind.Name,
        CompletedAt = time.GetUtcNow(),
        Seconds = (before?.Seconds ?? 0) + seconds,
        Worker = owners.Mine,
    };
}
