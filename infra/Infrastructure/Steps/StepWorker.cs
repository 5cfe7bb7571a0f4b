using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// Obeys step commands of one kind: guard → load → compute → store → publish. Commands may come twice, late or to several
/// workers; the claim keeps two from computing at once, and the first result stored is everybody's.
/// </summary>
public sealed class StepWorker<TSpec>(
    StepKind<TSpec> kind, StepSitting<TSpec> sitting, IStepStore steps, StepSlots<TSpec> slots, ILogger<StepWorker<TSpec>> log)
    where TSpec : StepSpec
{
    /// <summary>Returns when the command needs no more attention; throws when another try may help.</summary>
    public async Task WorkAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        using var scope = log.BeginStep(order.RunId, order.Key);
        using var span = StepTelemetry.StartStep(order.RunId, order.Key, kind.Name);
        Refuse(order);
        var result = await FindAsync(order, context.CancellationToken) ?? await TryRunAsync(context, order);
        if (result is null)
            return;
        // The slot is free before the event comes back as a reason to plan: the next step takes it without a pause.
        slots.Free(order.Key);
        await context.Publish(StepEvents.Of(order.RunId, result), CancellationToken.None);
    }

    private void Refuse(StepOrder<TSpec> order)
    {
        if (StepKey.Of(order.Spec) != order.Key)
            throw new UnsuitableCommandException(
                $"The key {order.Key} is not the digest of the spec beside it ({StepKey.Of(order.Spec)}).");
        if (order.Spec.AlgorithmVersion != kind.Version)
            throw new UnsuitableCommandException(
                $"This worker computes version {kind.Version} of '{kind.Name}', the command asks for {order.Spec.AlgorithmVersion}.");
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
        if (!slots.TryStart(order.Key))
            return null;
        var start = Stopwatch.GetTimestamp();
        try
        {
            return await RunAsync(context, order);
        }
        catch (Exception exception)
        {
            log.StepThrew(kind.Name, exception);
            slots.Fault(order.Key);
            StepTelemetry.StepEnded(kind.Name, StepOutcomes.Faulted, Stopwatch.GetElapsedTime(start).TotalSeconds);
            throw;
        }
    }

    private async Task<StepResult?> RunAsync(ConsumeContext context, StepOrder<TSpec> order)
    {
        var end = await sitting.SitAsync(context, order);
        if (end.Continue)
        {
            slots.Continue(order.Key);
            await context.Send(new Uri($"exchange:{kind.Queue}"), kind.Command(order));
        }
        else if (end.Result is null)
        {
            slots.Free(order.Key);
        }
        return end.Result;
    }
}
