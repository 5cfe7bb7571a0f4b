using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Runs the steps of one kind that are sent to this process.</summary>
internal sealed class StepConsumer<TSpec, TCommand>(StepKindOf<TSpec, TCommand> kind, StepWorker<TSpec> worker) : IConsumer<TCommand>
    where TSpec : StepSpec
    where TCommand : class
{
    public Task Consume(ConsumeContext<TCommand> context) => worker.WorkAsync(context, kind.ToOrder(context.Message));
}
