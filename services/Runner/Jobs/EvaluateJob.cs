using System.Text.Json;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Measures one checkpoint, or several that vote, on all splits.</summary>
public sealed class EvaluateJob(IArtifactStore store, DataCache data, TimeProvider time) : IRunnerJob
{
    public string Name => RunnerJobs.Evaluate;

    public async Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var spec = JobJson.Read<EvaluateRequest>(request).Spec;
        var checkpoints = new List<string>();
        foreach (var checkpoint in spec.Inputs)
            checkpoints.Add(await store.FetchAsync(checkpoint, cancellationToken));
        var (report, correctness) = CheckpointEvaluation.Run(checkpoints, spec, data.Load(spec.Data), Tell, cancellationToken);
        var stored = await store.StoreReportAsync(report, cancellationToken);
        var storedCorrectness = await store.StoreReportAsync(correctness, cancellationToken);
        return JobJson.Write(new EvaluateReply(
            stored, storedCorrectness, CheckpointEvaluation.Metrics(report), time.GetElapsedTime(started).TotalSeconds));

        void Tell(string corruption, double done) =>
            progress.Report(new RunnerProgress(done, $"under {corruption}", ResumePoint: null, time.GetElapsedTime(started).TotalSeconds));
    }
}
