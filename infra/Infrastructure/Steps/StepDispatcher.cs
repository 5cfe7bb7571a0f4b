using MassTransit;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Telemetry;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Plans a run and sends the commands of its ready steps of one kind.</summary>
public sealed class StepDispatcher<TSpec>(
    StepKind<TSpec> kind,
    RunPlanner planner,
    UnknownRuns unknown,
    IRunStore runs,
    IStepStore steps,
    IStepIntake<TSpec> intake,
    RunTraces traces,
    Confirmations confirmations,
    ILogger<StepDispatcher<TSpec>> log)
    where TSpec : StepSpec
{
    // Runs of which was said that they wait for another version: once is enough.
    private const int Waiting = 1_000;
    private readonly RecentlyUsed<string, bool> _waiting = new(Waiting, StringComparer.Ordinal);

    /// <summary>As <see cref="DispatchAsync(string, ISendEndpointProvider, CancellationToken)"/>, for a run that exists from now on whatever was known of it.</summary>
    public Task DispatchSubmittedAsync(string runId, ISendEndpointProvider bus, CancellationToken cancellationToken)
    {
        unknown.Forget(runId);
        return DispatchAsync(runId, fresh: true, bus, cancellationToken);
    }

    /// <summary>As <see cref="DispatchAsync(string, ISendEndpointProvider, CancellationToken)"/>, for a run that stands still though all events came.</summary>
    public Task DispatchNudgedAsync(string runId, ISendEndpointProvider bus, CancellationToken cancellationToken) =>
        DispatchAsync(runId, intake.IsShared, bus, cancellationToken);

    /// <summary>Does nothing for runs that are unknown, cancelled, finished or waiting for others.</summary>
    public Task DispatchAsync(string runId, ISendEndpointProvider bus, CancellationToken cancellationToken) =>
        DispatchAsync(runId, fresh: false, bus, cancellationToken);

    private async Task DispatchAsync(string runId, bool fresh, ISendEndpointProvider bus, CancellationToken cancellationToken)
    {
        if (unknown.Knows(runId))
            return;
        try
        {
            await DispatchKnownAsync(runId, fresh, bus, cancellationToken);
        }
        catch (DomainException refused)
        {
            // Another try would say the same, and the run's owner is told when the recipe is submitted.
            log.CannotPlan(runId, refused.Failure.Reason, refused.Failure.Remedy);
        }
    }

    private async Task DispatchKnownAsync(string runId, bool fresh, ISendEndpointProvider bus, CancellationToken cancellationToken)
    {
        if (!await planner.KnowsAsync(runId, cancellationToken))
            unknown.Add(runId);
        else if (!await runs.IsCancelledAsync(runId, cancellationToken) && await PlanAsync(runId, fresh, cancellationToken) is { } plan)
        {
            // Once more when a result was gone: the plan knows that now.
            if (!await SendAsync(runId, plan, bus, cancellationToken) && await PlanAsync(runId, fresh: true, cancellationToken) is { } review)
                await SendAsync(runId, review, bus, cancellationToken);
        }
    }

    // A partial soup must be decided once for all: record the choice, then plan with the one that counts.
    private async Task<Plan?> PlanAsync(string runId, bool fresh, CancellationToken cancellationToken)
    {
        var plan = fresh ? await planner.ReviewAsync(runId, cancellationToken) : await planner.PlanAsync(runId, cancellationToken);
        if (plan is null)
            return null;
        SayUnknown(runId, plan);
        var choices = plan.Choices.Where(c => c.Kind == kind.Name).ToList();
        if (choices.Count == 0)
            return plan;
        foreach (var choice in choices)
            await runs.RecordChoiceAsync(runId, choice.Node, choice.CandidateKeys, cancellationToken);
        return await planner.PlanAsync(runId, cancellationToken);
    }

    private void SayUnknown(string runId, Plan plan)
    {
        if (plan.Steps.FirstOrDefault(s => s.Unknown is not null) is not { } step || _waiting.TryGet(runId, out _))
            return;
        _waiting.Set(runId, true);
        log.WaitsForOtherVersion(runId, step.Node, step.Kind, step.Unknown!);
    }

    // False when a result that a step needs is gone from the store.
    private async Task<bool> SendAsync(string runId, Plan plan, ISendEndpointProvider bus, CancellationToken cancellationToken)
    {
        foreach (var step in plan.Ready.Where(s => s.Kind == kind.Name))
        {
            // One that this version does not know wholly is for the workers of the version that compiled it.
            if (step.Spec is not TSpec spec)
                continue;
            var order = new StepOrder<TSpec>(runId, step.Key!, spec);
            if (order.Spec.AlgorithmVersion != kind.Info.Version || !await intake.TryTakeAsync(order.Key, cancellationToken))
                continue;
            if (await planner.FindGoneInputAsync(plan, step, cancellationToken) is { } gone)
            {
                await intake.ReturnAsync(order.Key);
                log.ResultGone(gone.Key!, step.Node, runId);
                return false;
            }
            await SendAsync(order, bus, cancellationToken);
            // For people and tools only, so the worker need not wait for it.
            await steps.StoreSpecAsync(order.Key, order.Spec, cancellationToken);
            log.Dispatched(kind.Name, order.Key, step.Node, runId);
        }
        return true;
    }

    private async Task SendAsync(StepOrder<TSpec> order, ISendEndpointProvider bus, CancellationToken cancellationToken)
    {
        using var span = StepTelemetry.StartDispatch(order.RunId, order.Key, kind.Name, await traces.ParentAsync(order.RunId, cancellationToken));
        try
        {
            await kind.SendAsync(order, bus, confirmations, cancellationToken);
        }
        catch (Exception)
        {
            // Nothing is under way, so the next try must not wait for an answer.
            await intake.ReturnAsync(order.Key);
            throw;
        }
    }
}
