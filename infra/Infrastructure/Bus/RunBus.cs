using System.Diagnostics;
using MassTransit;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Bus;

// None of these carries anything that a sweep does not find in the store, so none is waited for beyond the bound.
internal sealed class RunBus(IBus bus, Confirmations confirmations) : IRunBus
{
    public Task SubmittedAsync(string runId, CancellationToken cancellationToken) => confirmations.TryWithinAsync(
        $"that run {runId} was submitted", token => bus.Publish(new RunSubmitted { RunId = runId }, token), cancellationToken);

    // Outside the run's trace, in which thousands of nudges would bury the steps.
    public async Task NudgedAsync(string runId, CancellationToken cancellationToken)
    {
        Activity.Current = null;
        await confirmations.WithinAsync($"the nudge of run {runId}", token => bus.Publish(new RunNudged { RunId = runId }, token), cancellationToken);
    }

    public Task CancelledAsync(string runId, CancellationToken cancellationToken) => confirmations.TryWithinAsync(
        $"that run {runId} was cancelled", token => bus.Publish(new RunCancelled { RunId = runId }, token), cancellationToken);
}
