using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>
/// Plans a run whenever something happened to it, and takes on its ready steps of one kind. Which event came does not matter: the plan depends on
/// what is stored only, so lost, doubled, late and reordered events do no harm.
/// </summary>
internal sealed class PlanningConsumer<TSpec>(StepDispatcher<TSpec> dispatcher) :
    IConsumer<RunSubmitted>, IConsumer<CheckpointReady>, IConsumer<CheckpointEvaluated>, IConsumer<StepFinished>, IConsumer<StepFailed>,
    IConsumer<RunNudged>
    where TSpec : StepSpec
{
    public Task Consume(ConsumeContext<RunSubmitted> context) =>
        dispatcher.DispatchSubmittedAsync(context.Message.RunId, context, context.CancellationToken);

    public Task Consume(ConsumeContext<CheckpointReady> context) => PlanAsync(context, context.Message.RunId);

    public Task Consume(ConsumeContext<CheckpointEvaluated> context) => PlanAsync(context, context.Message.RunId);

    public Task Consume(ConsumeContext<StepFinished> context) => PlanAsync(context, context.Message.RunId);

    public Task Consume(ConsumeContext<StepFailed> context) => PlanAsync(context, context.Message.RunId);

    public Task Consume(ConsumeContext<RunNudged> context) => dispatcher.DispatchNudgedAsync(context.Message.RunId, context, context.CancellationToken);

    private Task PlanAsync(ConsumeContext context, string runId) => dispatcher.DispatchAsync(runId, context, context.CancellationToken);
}
