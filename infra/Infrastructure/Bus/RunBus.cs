using System.Diagnostics;
using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

internal sealed class RunBus(IBus bus) : IRunBus
{
    public Task SubmittedAsync(string runId, CancellationToken cancellationToken) =>
        bus.Publish(new RunSubmitted { RunId = runId }, cancellationToken);

    // Outside the run's trace, in which thousands of nudges would bury the steps.
    public async Task NudgedAsync(string runId, CancellationToken cancellationToken)
    {
        Activity.Current = null;
        await bus.Publish(new RunNudged { RunId = runId }, cancellationToken);
    }

    public Task CancelledAsync(string runId, CancellationToken cancellationToken) =>
        bus.Publish(new RunCancelled { RunId = runId }, cancellationToken);
}
