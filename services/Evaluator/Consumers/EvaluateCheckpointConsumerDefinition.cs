using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator.Consumers;

/// <summary>As many at once as this process has slots, and no more fetched ahead: another process may be free.</summary>
internal sealed class EvaluateCheckpointConsumerDefinition : ConsumerDefinition<EvaluateCheckpointConsumer>
{
    public EvaluateCheckpointConsumerDefinition(StepSlots<EvaluateSpec> slots) => ConcurrentMessageLimit = slots.Capacity;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<EvaluateCheckpointConsumer> consumer, IRegistrationContext context)
    {
        endpoint.PrefetchCount = ConcurrentMessageLimit!.Value;
        endpoint.UseStepRetries(context);
    }
}
