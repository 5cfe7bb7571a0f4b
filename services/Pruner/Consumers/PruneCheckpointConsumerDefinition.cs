using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Pruner.Consumers;

/// <summary>As many at once as this process has slots, and no more fetched ahead: another process may be free.</summary>
internal sealed class PruneCheckpointConsumerDefinition : ConsumerDefinition<PruneCheckpointConsumer>
{
    public PruneCheckpointConsumerDefinition(StepSlots<PruneSpec> slots) => ConcurrentMessageLimit = slots.Capacity;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<PruneCheckpointConsumer> consumer, IRegistrationContext context)
    {
        endpoint.PrefetchCount = ConcurrentMessageLimit!.Value;
        endpoint.UseStepRetries(context);
    }
}
