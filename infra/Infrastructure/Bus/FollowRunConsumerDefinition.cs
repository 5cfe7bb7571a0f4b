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
            endpoint.InstanceId = Environment.ProcessId.ToString();
            endpoint.Temporary = true;
        });
    }
}
