using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>As many at once as this process has slots, and no more fetched ahead: another process may be free.</summary>
internal sealed class StepConsumerDefinition<TSpec, TCommand> : ConsumerDefinition<StepConsumer<TSpec, TCommand>>
    where TSpec : StepSpec
    where TCommand : class
{
    public StepConsumerDefinition(StepKindOf<TSpec, TCommand> kind, StepSlots<TSpec> slots)
    {
        EndpointName = kind.Queue;
        ConcurrentMessageLimit = slots.Capacity;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<StepConsumer<TSpec, TCommand>> consumer, IRegistrationContext context)
    {
        endpoint.PrefetchCount = ConcurrentMessageLimit!.Value;
        endpoint.UseStepRetries(context);
    }
}
