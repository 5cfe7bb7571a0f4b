using MassTransit;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Pruner.Consumers;

/// <summary>One planning at a time: a burst of events then costs one claim per step, not a race for it.</summary>
internal sealed class PlanPruningConsumerDefinition : ConsumerDefinition<PlanPruningConsumer>
{
    public PlanPruningConsumerDefinition() => ConcurrentMessageLimit = 1;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<PlanPruningConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseStepRetries(context);
}
