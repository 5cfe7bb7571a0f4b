namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Jobs by their requests.</summary>
public static class RunnerPoolExtensions
{
    /// <summary>Runs the job of a request in a free runner; what it throws is told at <see cref="IRunnerPool"/>.</summary>
    public static Task<TReply> RunAsync<TRequest, TReply>(
        this IRunnerPool runners, TRequest request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
        where TRequest : IRunnerRequest<TReply> =>
        runners.RunAsync<TRequest, TReply>(TRequest.Job, request, progress, cancellationToken);
}
