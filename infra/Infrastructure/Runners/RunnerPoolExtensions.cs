namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Jobs by their requests.</summary>
public static class RunnerPoolExtensions
{
    /// <inheritdoc cref="IRunnerPool.RunAsync"/>
    public static Task<TReply> RunAsync<TRequest, TReply>(
        this IRunnerPool runners, TRequest request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
        where TRequest : IRunnerRequest<TReply> =>
        runners.RunAsync<TRequest, TReply>(TRequest.Job, request, progress, cancellationToken);
}
