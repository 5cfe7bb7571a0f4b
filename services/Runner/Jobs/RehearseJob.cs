using System.Text.Json;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Planning;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Says what the steps of a run would be refused for. Reads the data and writes nothing but temporary files.</summary>
public sealed class RehearseJob(DataCache data) : IRunnerJob
{
    public string Name => RunnerJobs.Rehearse;

    public Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var rehearsal = JobJson.Read<RehearseRequest>(request);
        var folder = Directory.CreateTempSubdirectory("sparsepipe-rehearsal-").FullName;
        try
        {
            var run = new RehearsedRun(rehearsal, data.Load(rehearsal.Recipe.Data), folder, cancellationToken);
            return Task.FromResult(JobJson.Write(new RehearseReply(run.Problems())));
        }
        catch (DomainException refused)
        {
            // Without data no step can be looked at; the first would say the same.
            return Task.FromResult(JobJson.Write(new RehearseReply([RehearsedRun.At(NodeNames.Dense, refused.Failure)])));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
