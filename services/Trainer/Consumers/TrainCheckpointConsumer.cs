using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Trainer.Consumers;

/// <summary>Runs train steps.</summary>
internal sealed class TrainCheckpointConsumer(StepWorker<TrainSpec> worker) : IConsumer<TrainCheckpoint>
{
    public Task Consume(ConsumeContext<TrainCheckpoint> context) =>
        worker.WorkAsync(context, new StepOrder<TrainSpec>(context.Message.RunId, context.Message.StepKey, context.Message.Spec));
}
