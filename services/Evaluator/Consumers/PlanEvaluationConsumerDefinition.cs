using MassTransit;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator.Consumers;

/// <summary>One planning at a time: a burst of events then costs one claim per step, not a race for it.</summary>
internal sealed class PlanEvaluationConsumerDefinition : ConsumerDefinition<PlanEvaluationConsumer>
{
    public PlanEvaluationConsumerDefinition() => ConcurrentMessageLimit = 1;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<PlanEvaluationConsumer> consumer, IRegistrationContext context) =>
        endpoint.UseStepRetries(context);
}
