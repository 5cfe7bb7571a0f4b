using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning;
using SparsePipeline.Learning.Calibration;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Recalibrates a merged checkpoint and scores it on the validation split.</summary>
public sealed class ScoreJob(IArtifactStore store, DataCache data) : RunnerJob<ScoreRequest, ScoreReply>
{
    protected override async Task<ScoreReply> RunAsync(ScoreRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        MethodVersions.Ensure(request.Versions, [request.Model.Named(), .. request.Data.Named()], LearningMethods.All);
        var script = await store.FetchScriptAsync(request.Model, cancellationToken);
        var report = CheckpointRecalibration.Run(
            request.Checkpoint, request.Model, data.Load(request.Data, request.Task), request.Data.SplitSeed, request.Recalibration, request.RecalibratedCheckpoint, script, request.BatchSize);
        return new ScoreReply(report);
    }
}
