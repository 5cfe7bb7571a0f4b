using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// Obeys step commands of one kind: guard → load → compute → store → publish. Commands may come twice, late or to several
/// workers; the claim keeps two from computing at once, and the first result stored is everybody's.
/// </summary>
public sealed class StepWorker<TSpec>(
    StepKind<TSpec> kind, StepSitting<TSpec> sitting, IStepStore steps, IStepIntake<TSpec> intake, RunTraces traces, Confirmations confirmations,
    DiskPatience disk, TimeProvider time, ILogger<StepWorker<TSpec>> log)
    where TSpec : StepSpec
{
    private string? _away;

    /// <summary>Returns when the command needs no more attention; throws when another try may help.</summary>
    public async Task WorkAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        using var scope = log.BeginStep(order.RunId, order.Key);
        using var span = StepTelemetry.StartStep(
            order.RunId, order.Key, kind.Name, await traces.ParentAsync(order.RunId, context.CancellationToken));
        if (context.SentTime is { } sent)
            StepTelemetry.CommandArrived(kind.Name, time.GetUtcNow().UtcDateTime - sent);
        if (WhyUnsuitable(order) is { } reason)
        {
            await LeaveAsync(order.Key, reason);
            return;
        }
        var result = await FindAsync(order, context.CancellationToken) ?? await TryRunAsync(context, order);
        if (result is null)
            return;
        // The slot is free before the event comes back as a reason to plan: the next step takes it without a pause.
        intake.End(order.Key);
        // The result is stored: a sweep finds it when this event is lost.
        await confirmations.TryWithinAsync(
            $"the result of step {order.Key}", token => context.Publish(kind.Info.EventOf(order.RunId, result), token), CancellationToken.None);
    }

    private string? WhyUnsuitable(StepOrder<TSpec> order)
    {
        if (order.Spec.AlgorithmVersion != kind.Info.Version)
            return $"This worker computes version {kind.Info.Version} of '{kind.Name}', the command asks for {order.Spec.AlgorithmVersion}.";
        // Also when a newer sender knows options that this worker does not, and would leave out.
        return StepKey.Of(order.Spec) == order.Key ? null
            : $"The key {order.Key} is not the digest of the spec beside it ({StepKey.Of(order.Spec)}).";
    }

    // While two versions run side by side, the command may be right for another worker: it is sent again until one of them gets it.
    private async Task LeaveAsync(string key, string reason)
    {
        if (!await intake.TryLeaveAsync(key, reason))
            throw new UnsuitableCommandException(reason);
        log.LeftToOthers(kind.Name, reason);
    }

    private async Task<StepResult?> FindAsync(StepOrder<TSpec> order, CancellationToken cancellationToken)
    {
        var result = await steps.ReadResultAsync(order.Key, cancellationToken);
        if (result is not null)
            StepTelemetry.CacheHit(kind.Name);
        return result;
    }

    private async Task<StepResult?> TryRunAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        if (!intake.TryStart(order.Key))
            return null;
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await PatientlyAsync(context, order);
        }
        catch (DiskStillFullException)
        {
            await sitting.LeaveAsync(context, order);
            return null;
        }
        catch (Exception exception)
        {
            Say(exception);
            StepTelemetry.StepEnded(kind.Name, StepOutcomes.Faulted, Stopwatch.GetElapsedTime(start).TotalSeconds);
            await FaultAsync(order.Key, exception);
            throw;
        }
    }

    // While this disk is full another worker may take the step over, and then it is done.
    private Task<StepResult?> PatientlyAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        var again = false;
        return disk.RunAsync(Try, context.CancellationToken);

        async Task<StepResult?> Try()
        {
            var done = again ? await FindAsync(order, context.CancellationToken) : null;
            again = true;
            return done ?? await RunAsync(context, order);
        }
    }

    private async Task<StepResult?> RunAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        var end = await sitting.SitAsync(context, order);
        if (end.Continue && await intake.TryContinueAsync(order.Key))
            await kind.SendAsync(order, context, confirmations, CancellationToken.None);
        else if (end.Result is null)
            intake.End(order.Key);
        return end.Result;
    }

    // A store that is away is asked again and again, and its absence says nothing about the step.
    private void Say(Exception exception)
    {
        if (exception is not StoreUnavailableException)
            log.StepThrew(kind.Name, exception);
        else if (_away != exception.Message)
            log.StepWaits(kind.Name, _away = exception.Message);
    }

    private async Task FaultAsync(string key, Exception exception)
    {
        try
        {
            await intake.FaultAsync(key, exception);
        }
        catch (Exception unrecorded)
        {
            // Mostly the same outage; the claim then runs out by itself.
            log.FaultNotRecorded(kind.Name, unrecorded.Message);
        }
    }
}
