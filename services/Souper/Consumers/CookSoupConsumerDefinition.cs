using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Souper.Consumers;

/// <summary>As many at once as this process has slots, and no more fetched ahead: another process may be free.</summary>
internal sealed class CookSoupConsumerDefinition : ConsumerDefinition<CookSoupConsumer>
{
    public CookSoupConsumerDefinition(StepSlots<SoupSpec> slots) => ConcurrentMessageLimit = slots.Capacity;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<CookSoupConsumer> consumer, IRegistrationContext context)
    {
        endpoint.PrefetchCount = ConcurrentMessageLimit!.Value;
        endpoint.UseStepRetries(context);
    }
}
