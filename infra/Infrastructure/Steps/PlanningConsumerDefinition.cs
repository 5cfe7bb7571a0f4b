using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>One planning at a time: a burst of events then costs one claim per step, not a race for it.</summary>
internal sealed class PlanningConsumerDefinition<TSpec> : ConsumerDefinition<PlanningConsumer<TSpec>>
    where TSpec : StepSpec
{
    public PlanningConsumerDefinition(StepKind<TSpec> kind)
    {
        EndpointName = kind.Info.PlanningQueue;
        ConcurrentMessageLimit = 1;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<PlanningConsumer<TSpec>> consumer, IRegistrationContext context) =>
        endpoint.UseStepRetries(context);
}
