using MassTransit;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Plans a run and takes on the ready steps of one kind: as many as this process can run.</summary>
public sealed class StepDispatcher<TSpec>(
    StepKind<TSpec> kind,
    RunPlanner planner,
    IRunStore runs,
    IStepStore steps,
    IClaimOwners owners,
    StepSlots<TSpec> slots,
    ILogger<StepDispatcher<TSpec>> log)
    where TSpec : StepSpec
{
    /// <summary>Does nothing for runs that are unknown, cancelled, finished or waiting for others.</summary>
    public async Task DispatchAsync(string runId, ISendEndpointProvider bus, CancellationToken cancellationToken)
    {
        if (await runs.IsCancelledAsync(runId, cancellationToken))
            return;
        if (await PlanAsync(runId, cancellationToken) is not { } plan)
        {
            log.UnknownRun(runId);
            return;
        }
        foreach (var step in plan.Ready.Where(s => s.Kind == kind.Name))
            await TakeAsync(runId, step, bus, cancellationToken);
    }

    // A partial soup must be decided once for all: record the choice, then plan with the one that counts.
    private async Task<Plan?> PlanAsync(string runId, CancellationToken cancellationToken)
    {
        var plan = await planner.PlanAsync(runId, cancellationToken);
        if (kind.Name != StepKinds.Soup || plan is null || plan.Choices.Count == 0)
            return plan;
        foreach (var choice in plan.Choices)
            await runs.RecordChoiceAsync(runId, choice.Node, choice.CandidateKeys, cancellationToken);
        return await planner.PlanAsync(runId, cancellationToken);
    }

    private async Task TakeAsync(string runId, PlannedStep step, ISendEndpointProvider bus, CancellationToken cancellationToken)
    {
        var order = new StepOrder<TSpec>(runId, step.Key!, (TSpec)step.Spec!);
        if (order.Spec.AlgorithmVersion != kind.Version || !slots.TryReserve(order.Key))
            return;
        if (!await steps.TryClaimAsync(order.Key, owners.Mine, cancellationToken))
        {
            slots.Free(order.Key);
            return;
        }
        var queue = await bus.GetSendEndpoint(new Uri($"exchange:{kind.Queue}"));
        await queue.Send(kind.Command(order), cancellationToken);
        // For people and tools only, so the worker need not wait for it.
        await steps.StoreSpecAsync(order.Key, order.Spec, cancellationToken);
        log.Dispatched(kind.Name, order.Key, step.Node, runId);
    }
}
