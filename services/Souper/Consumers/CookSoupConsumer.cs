using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Souper.Consumers;

/// <summary>Runs soup steps.</summary>
internal sealed class CookSoupConsumer(StepWorker<SoupSpec> worker) : IConsumer<CookSoup>
{
    public Task Consume(ConsumeContext<CookSoup> context) =>
        worker.WorkAsync(context, new StepOrder<SoupSpec>(context.Message.RunId, context.Message.StepKey, context.Message.Spec));
}
