using MassTransit;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Trainer.Consumers;

/// <summary>One planning at a time: a burst of events then costs one claim per step, not a race for it.</summary>
internal sealed class PlanTrainingConsumerDefinition : ConsumerDefinition<PlanTrainingConsumer>
{
    public PlanTrainingConsumerDefinition() => ConcurrentMessageLimit = 1;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<PlanTrainingConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseStepRetries(context);
}
