using System.Text.Json;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Measures every layer of a network, dense and sparse.</summary>
public sealed class BenchModelJob(DataCache data, TimeProvider time) : IRunnerJob
{
    public string Name => RunnerJobs.BenchModel;

    public Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var bench = JobJson.Read<BenchModelRequest>(request);
        var report = new LatencyMeasurement(time, cancellationToken).Run(bench.Checkpoint, bench.Model, data.Load(bench.Data), bench.Batch);
        return Task.FromResult(JobJson.Write(report));
    }
}
