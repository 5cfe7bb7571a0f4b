using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Pruner.Consumers;

/// <summary>Runs prune steps.</summary>
internal sealed class PruneCheckpointConsumer(StepWorker<PruneSpec> worker) : IConsumer<PruneCheckpoint>
{
    public Task Consume(ConsumeContext<PruneCheckpoint> context) =>
        worker.WorkAsync(context, new StepOrder<PruneSpec>(context.Message.RunId, context.Message.StepKey, context.Message.Spec));
}
