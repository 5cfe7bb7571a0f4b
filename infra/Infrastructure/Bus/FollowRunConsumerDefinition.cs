using System.Security.Cryptography;
using MassTransit;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>
/// One at a time, so that events reach the follower in the order they came; a queue of its own that goes when the process goes.
/// </summary>
internal sealed class FollowRunConsumerDefinition : ConsumerDefinition<FollowRunConsumer>
{
    public FollowRunConsumerDefinition()
    {
        ConcurrentMessageLimit = 1;
        Endpoint(endpoint =>
        {
            endpoint.InstanceId = OneOfAKind();
            endpoint.Temporary = true;
        });
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<FollowRunConsumer> consumer, IRegistrationContext context)
    {
        // It still goes with its process, but brokers no longer know queues that are both shared and transient.
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.Durable = true;
    }

    // Process ids repeat over machines and containers, and one process may hold several pipelines.
    private static string OneOfAKind() =>
        $"-{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
}
