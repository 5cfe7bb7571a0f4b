using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>On the queue of <see cref="FollowRunConsumer"/>. On a shared bus see <see cref="RunQueues"/>.</summary>
internal sealed class FollowFaultConsumerDefinition<TSpec, TCommand> : ConsumerDefinition<FollowFaultConsumer<TSpec, TCommand>>
    where TSpec : StepSpec
    where TCommand : class
{
    public FollowFaultConsumerDefinition()
    {
        EndpointName = FollowRunConsumerDefinition.Queue;
        ConcurrentMessageLimit = 1;
    }
}
