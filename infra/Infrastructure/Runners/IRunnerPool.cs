namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Runs jobs in runner processes, the only places where libtorch is loaded.</summary>
public interface IRunnerPool
{
    /// <summary>
    /// Waits for a free runner and runs one job there.
    /// Throws <see cref="Contracts.DomainException"/> for a refusal, or with <see cref="Contracts.FailureCodes.RunnerCrashed"/>
    /// when the process died (a native abort), and <see cref="OperationCanceledException"/> after a polite request and then a kill.
    /// </summary>
    /// <param name="job">A job's name, see <see cref="IRunnerRequest{TReply}"/>.</param>
    /// <param name="request">The job's request record.</param>
    /// <param name="progress">Receives progress while the job runs.</param>
    /// <param name="cancellationToken">Stops the job.</param>
    Task<TReply> RunAsync<TRequest, TReply>(
        string job, TRequest request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken);
}
