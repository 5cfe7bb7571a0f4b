using System.Text.Json;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Calibration;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Recalibrates a merged checkpoint and scores it on the validation split.</summary>
public sealed class ScoreJob(IArtifactStore store, DataCache data) : IRunnerJob
{
    public string Name => RunnerJobs.Score;

    public async Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var score = JobJson.Read<ScoreRequest>(request);
        var script = await store.FetchScriptAsync(score.Model, cancellationToken);
        var report = CheckpointRecalibration.Run(
            score.Checkpoint, score.Model, data.Load(score.Data), score.Data.SplitSeed, score.Recalibration, score.RecalibratedCheckpoint, script, score.BatchSize);
        return JobJson.Write(new ScoreReply(report.Accuracy, report.Loss));
    }
}
