using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Passes every event about steps on to whoever follows the run in this process.</summary>
internal sealed class FollowRunConsumer(RunWatches watches) :
    IConsumer<StepStarted>, IConsumer<StepProgressed>, IConsumer<StepFailed>, IConsumer<StepFinished>, IConsumer<CheckpointReady>,
    IConsumer<CheckpointEvaluated>
{
    public Task Consume(ConsumeContext<StepStarted> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<StepProgressed> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<StepFailed> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<StepFinished> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<CheckpointReady> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<CheckpointEvaluated> context) => Tell(context.Message.RunId, context.Message);

    private Task Tell(string runId, object message)
    {
        watches.Tell(runId, message);
        return Task.CompletedTask;
    }
}
