using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Measures every layer of a network, dense and sparse.</summary>
public sealed class BenchModelJob(DataCache data, TimeProvider time) : RunnerJob<BenchModelRequest, LatencyReport>
{
    protected override Task<LatencyReport> RunAsync(BenchModelRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var report = new LatencyMeasurement(time, cancellationToken).Run(request.Checkpoint, request.Model, data.Load(request.Data), request.Batch);
        return Task.FromResult(report);
    }
}
