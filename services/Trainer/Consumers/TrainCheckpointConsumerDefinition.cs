using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Trainer.Consumers;

/// <summary>As many at once as this process has slots, and no more fetched ahead: another process may be free.</summary>
internal sealed class TrainCheckpointConsumerDefinition : ConsumerDefinition<TrainCheckpointConsumer>
{
    public TrainCheckpointConsumerDefinition(StepSlots<TrainSpec> slots) => ConcurrentMessageLimit = slots.Capacity;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<TrainCheckpointConsumer> consumer, IRegistrationContext context)
    {
        endpoint.PrefetchCount = ConcurrentMessageLimit!.Value;
        endpoint.UseStepRetries(context);
    }
}
