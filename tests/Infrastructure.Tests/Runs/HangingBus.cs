using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Tests.Runs;

/// <summary>A bus that never confirms what is said about one run, and does not listen when it is told to give up.</summary>
internal sealed class HangingBus(IRunBus others, string runId) : IRunBus
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    public Task SubmittedAsync(string run, CancellationToken cancellationToken) => run == runId ? Never : others.SubmittedAsync(run, cancellationToken);

    public Task NudgedAsync(string run, CancellationToken cancellationToken) => run == runId ? Never : others.NudgedAsync(run, cancellationToken);

    public Task CancelledAsync(string run, CancellationToken cancellationToken) => run == runId ? Never : others.CancelledAsync(run, cancellationToken);
}
