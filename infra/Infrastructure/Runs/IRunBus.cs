namespace SparsePipeline.Infrastructure.Runs;

/// <summary>What whoever follows a run tells the workers.</summary>
public interface IRunBus
{
    /// <summary>Publishes <see cref="Contracts.RunSubmitted"/>.</summary>
    Task SubmittedAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Publishes <see cref="Contracts.RunNudged"/>.</summary>
    Task NudgedAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Publishes <see cref="Contracts.RunCancelled"/>.</summary>
    Task CancelledAsync(string runId, CancellationToken cancellationToken);
}
