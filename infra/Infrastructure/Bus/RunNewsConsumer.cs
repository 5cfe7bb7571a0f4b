using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Notes which run an event is about, and nothing else of it.</summary>
internal sealed class RunNewsConsumer(RunNews news) :
    IConsumer<RunSubmitted>, IConsumer<RunCancelled>, IConsumer<StepFailed>, IConsumer<StepFinished>, IConsumer<CheckpointReady>, IConsumer<CheckpointEvaluated>
{
    public Task Consume(ConsumeContext<RunSubmitted> context) => Tell(context.Message.RunId);

    public Task Consume(ConsumeContext<RunCancelled> context) => Tell(context.Message.RunId);

    public Task Consume(ConsumeContext<StepFailed> context) => Tell(context.Message.RunId);

    public Task Consume(ConsumeContext<StepFinished> context) => Tell(context.Message.RunId);

    public Task Consume(ConsumeContext<CheckpointReady> context) => Tell(context.Message.RunId);

    public Task Consume(ConsumeContext<CheckpointEvaluated> context) => Tell(context.Message.RunId);

    private Task Tell(string runId)
    {
        news.Tell(runId);
        return Task.CompletedTask;
    }
}
