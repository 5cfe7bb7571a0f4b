using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>Listens where the real pruner does and does what the test says.</summary>
internal sealed class PruneCheckpointConsumer(Func<PruneCheckpoint, Task> obey) : IConsumer<PruneCheckpoint>
{
    public Task Consume(ConsumeContext<PruneCheckpoint> context) => obey(context.Message);
}
