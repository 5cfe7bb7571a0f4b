using System.Text.Json;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning.Calibration;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Recalibrates a merged checkpoint and scores it on the validation split.</summary>
public sealed class ScoreJob(DataCache data) : IRunnerJob
{
    public string Name => RunnerJobs.Score;

    public Task<JsonElement> RunAsync(JsonElement request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var score = JobJson.Read<ScoreRequest>(request);
        var report = CheckpointRecalibration.Run(
            score.Checkpoint, score.Model, data.Load(score.Data), score.Data.SplitSeed, score.Recalibration, score.RecalibratedCheckpoint);
        return Task.FromResult(JobJson.Write(new ScoreReply(report.Accuracy, report.Loss)));
    }
}
