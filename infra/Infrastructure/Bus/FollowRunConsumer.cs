using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Passes every event about steps on to whoever follows the run in this process.</summary>
internal sealed class FollowRunConsumer(RunWatches watches) :
    IConsumer<StepStarted>, IConsumer<StepProgressed>, IConsumer<StepFailed>, IConsumer<CheckpointReady>, IConsumer<CheckpointEvaluated>,
    IConsumer<Fault<TrainCheckpoint>>, IConsumer<Fault<PruneCheckpoint>>, IConsumer<Fault<CookSoup>>, IConsumer<Fault<EvaluateCheckpoint>>
{
    public Task Consume(ConsumeContext<StepStarted> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<StepProgressed> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<StepFailed> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<CheckpointReady> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<CheckpointEvaluated> context) => Tell(context.Message.RunId, context.Message);

    public Task Consume(ConsumeContext<Fault<TrainCheckpoint>> context) =>
        TellFault(context.Message, context.Message.Message.RunId, context.Message.Message.StepKey);

    public Task Consume(ConsumeContext<Fault<PruneCheckpoint>> context) =>
        TellFault(context.Message, context.Message.Message.RunId, context.Message.Message.StepKey);

    public Task Consume(ConsumeContext<Fault<CookSoup>> context) =>
        TellFault(context.Message, context.Message.Message.RunId, context.Message.Message.StepKey);

    public Task Consume(ConsumeContext<Fault<EvaluateCheckpoint>> context) =>
        TellFault(context.Message, context.Message.Message.RunId, context.Message.Message.StepKey);

    private Task TellFault(Fault fault, string runId, string stepKey) =>
        Tell(runId, new StepFaulted(runId, stepKey, fault.Exceptions.FirstOrDefault()?.Message ?? "no reason was given"));

    private Task Tell(string runId, object message)
    {
        watches.Tell(runId, message);
        return Task.CompletedTask;
    }
}
