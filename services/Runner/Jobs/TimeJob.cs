using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Times the layers of one checkpoint on this machine.</summary>
public sealed class TimeJob(IArtifactStore store, DataCache data, TimeProvider time) : RunnerJob<TimeRequest, TimeReply>
{
    protected override async Task<TimeReply> RunAsync(TimeRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        MethodVersions.Ensure(request.Versions, [request.Model.Named(), .. request.Data.Named()], LearningMethods.All);
        LatencyMeasurement.EnsurePossible();
        var checkpoint = await store.FetchAsync(request.Checkpoint, cancellationToken);
        var report = new LatencyMeasurement(time, cancellationToken).Run(checkpoint, request.Model, data.Load(request.Data, request.Task), request.Batch, Tell);
        return new TimeReply(await store.StoreReportAsync(report, cancellationToken), time.GetElapsedTime(started).TotalSeconds);

        void Tell(string layer, double done) =>
            progress.Report(new RunnerProgress(done, $"timing {layer}", ResumePoint: null, time.GetElapsedTime(started).TotalSeconds));
    }
}
