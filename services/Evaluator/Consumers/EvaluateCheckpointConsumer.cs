using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator.Consumers;

/// <summary>Runs evaluate steps.</summary>
internal sealed class EvaluateCheckpointConsumer(StepWorker<EvaluateSpec> worker) : IConsumer<EvaluateCheckpoint>
{
    public Task Consume(ConsumeContext<EvaluateCheckpoint> context) =>
        worker.WorkAsync(context, new StepOrder<EvaluateSpec>(context.Message.RunId, context.Message.StepKey, context.Message.Spec));
}
