using MassTransit;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>One at a time, so that events reach the follower in the order they came. On a shared bus see <see cref="RunQueues"/>.</summary>
internal sealed class FollowRunConsumerDefinition : ConsumerDefinition<FollowRunConsumer>
{
    /// <summary>The endpoint of everything that a follower in the same process hears.</summary>
    public const string Queue = "follow-run";

    public FollowRunConsumerDefinition()
    {
        EndpointName = Queue;
        ConcurrentMessageLimit = 1;
    }
}
