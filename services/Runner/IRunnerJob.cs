using System.Text.Json;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner;

/// <summary>One kind of work a runner process does. Refusals are <see cref="Contracts.DomainException"/>s.</summary>
public interface IRunnerJob
{
    /// <summary>A job's name, see <see cref="IRunnerRequest{TReply}"/>.</summary>
    string Name { get; }

    /// <summary>Runs the job; request and reply are its records as JSON.</summary>
    Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken);
}
