using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Planning;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Says what the steps of a run would be refused for. Reads the data and writes nothing but temporary files.</summary>
public sealed class RehearseJob(DataCache data, IArtifactStore store) : RunnerJob<RehearseRequest, RehearseReply>
{
    protected override Task<RehearseReply> RunAsync(RehearseRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        // Whole networks are written there: where the store is there is room, and what a crash leaves behind is swept.
        var folder = Directory.CreateDirectory(store.CreateTemporaryPath()).FullName;
        try
        {
            var run = new RehearsedRun(request, data.Load(request.Recipe.Data, request.Recipe.Task), folder, cancellationToken);
            return Task.FromResult(new RehearseReply(run.Problems()));
        }
        catch (DomainException refused)
        {
            // Without data no step can be looked at; the first would say the same.
            return Task.FromResult(new RehearseReply([RehearsedRun.At(NodeNames.Dense, refused.Failure)]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
