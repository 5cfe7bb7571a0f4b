using System.Text.Json;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Measures one checkpoint on all splits.</summary>
public sealed class EvaluateJob(IArtifactStore store, DataCache data, TimeProvider time) : IRunnerJob
{
    public string Name => RunnerJobs.Evaluate;

    public async Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var spec = JobJson.Read<EvaluateRequest>(request).Spec;
        var checkpoint = await store.FetchAsync(spec.Checkpoint, cancellationToken);
        var report = CheckpointEvaluation.Run(checkpoint, spec, data.Load(spec.Data), Tell, cancellationToken);
        var stored = await store.StoreReportAsync(report, cancellationToken);
        return JobJson.Write(new EvaluateReply(stored, CheckpointEvaluation.Metrics(report), time.GetElapsedTime(started).TotalSeconds));

        void Tell(string corruption, double done) =>
            progress.Report(new RunnerProgress(done, $"under {corruption}", ResumePoint: null, time.GetElapsedTime(started).TotalSeconds));
    }
}
