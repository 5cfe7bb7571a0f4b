using MassTransit;
using SparsePipeline.Contracts;

namespace SparsePipeline.Benchmarks;

/// <summary>Counts events and does nothing else.</summary>
internal sealed class CountingConsumer(EventCount count) : IConsumer<StepProgressed>
{
    public Task Consume(ConsumeContext<StepProgressed> context)
    {
        count.Add();
        return Task.CompletedTask;
    }
}
