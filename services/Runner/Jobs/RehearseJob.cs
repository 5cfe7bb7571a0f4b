using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Planning;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Says what the steps of a run would be refused for. Reads the data and writes nothing but temporary files.</summary>
public sealed class RehearseJob(DataCache data) : RunnerJob<RehearseRequest, RehearseReply>
{
    protected override Task<RehearseReply> RunAsync(RehearseRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sparsepipe-rehearsal-").FullName;
        try
        {
            var run = new RehearsedRun(request, data.Load(request.Recipe.Data), folder, cancellationToken);
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
