using System.Text.Json;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Runner.Jobs;

namespace SparsePipeline.Runner;

/// <summary>A job by its request and reply, which <c>infra/Infrastructure/Runners/Jobs</c> has; they travel as JSON.</summary>
public abstract class RunnerJob<TRequest, TReply> : IRunnerJob
    where TRequest : IRunnerRequest<TReply>
{
    /// <inheritdoc />
    public string Name => TRequest.Job;

    /// <inheritdoc />
    public async Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken) =>
        JobJson.Write(await RunAsync(JobJson.Read<TRequest>(request), progress, cancellationToken));

    /// <summary>Runs the job.</summary>
    protected abstract Task<TReply> RunAsync(TRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken);
}
