using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Tells whoever follows the run in this process that a command of one kind of step was given up.</summary>
internal sealed class FollowFaultConsumer<TSpec, TCommand>(StepKindOf<TSpec, TCommand> kind, RunWatches watches) : IConsumer<Fault<TCommand>>
    where TSpec : StepSpec
    where TCommand : class
{
    public Task Consume(ConsumeContext<Fault<TCommand>> context)
    {
        var order = kind.ToOrder(context.Message.Message);
        var reason = context.Message.Exceptions.FirstOrDefault()?.Message ?? "no reason was given";
        watches.Tell(order.RunId, new StepFaulted(order.RunId, order.Key, reason));
        return Task.CompletedTask;
    }
}
