using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// Plans a run whenever something happened to it. Which event came does not matter: the plan depends on what is stored only,
/// so lost, doubled, late and reordered events do no harm.
/// </summary>
public abstract class PlanningConsumer<TSpec>(StepDispatcher<TSpec> dispatcher) :
    IConsumer<RunSubmitted>, IConsumer<CheckpointReady>, IConsumer<CheckpointEvaluated>, IConsumer<StepFailed>, IConsumer<RunNudged>
    where TSpec : StepSpec
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<RunSubmitted> context) =>
        dispatcher.DispatchSubmittedAsync(context.Message.RunId, context, context.CancellationToken);

    /// <inheritdoc />
    public Task Consume(ConsumeContext<CheckpointReady> context) => PlanAsync(context, context.Message.RunId);

    /// <inheritdoc />
    public Task Consume(ConsumeContext<CheckpointEvaluated> context) => PlanAsync(context, context.Message.RunId);

    /// <inheritdoc />
    public Task Consume(ConsumeContext<StepFailed> context) => PlanAsync(context, context.Message.RunId);

    /// <inheritdoc />
    public Task Consume(ConsumeContext<RunNudged> context) => dispatcher.DispatchNudgedAsync(context.Message.RunId, context, context.CancellationToken);

    private Task PlanAsync(ConsumeContext context, string runId) => dispatcher.DispatchAsync(runId, context, context.CancellationToken);
}
