using MassTransit;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Souper.Consumers;

/// <summary>One planning at a time: a burst of events then costs one claim per step, not a race for it.</summary>
internal sealed class PlanSoupConsumerDefinition : ConsumerDefinition<PlanSoupConsumer>
{
    public PlanSoupConsumerDefinition() => ConcurrentMessageLimit = 1;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<PlanSoupConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseStepRetries(context);
}
