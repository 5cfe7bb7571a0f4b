using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning;
using SparsePipeline.Learning.Loop;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Trains one slice: until the last epoch, or until the budget is spent and a resume point is stored.</summary>
/// <remarks>
/// When it is asked to stop it ends the epoch, stores a resume point and stops. An epoch that takes longer than the caller's
/// patience costs what was done since the last resume point.
/// </remarks>
public sealed class TrainJob(IArtifactStore store, DataCache data, TimeProvider time) : RunnerJob<TrainRequest, TrainReply>
{
    protected override async Task<TrainReply> RunAsync(TrainRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        MethodVersions.Ensure(request.Spec, LearningMethods.All);
        var clock = new SliceClock(time, request.BudgetSeconds, request.CheckpointSeconds);
        using var session = new TrainingSession(await FetchAsync(request.Spec, cancellationToken));
        if (request.ResumePoint is { } point)
            session.Resume(await store.FetchAsync(point, cancellationToken));
        while (!session.IsFinished)
        {
            session.RunEpoch(CancellationToken.None);
            var stopping = cancellationToken.IsCancellationRequested;
            var saved = await SaveWhenDueAsync(session, clock, stopping);
            progress.Report(new RunnerProgress(session.Progress, session.Describe(), saved, clock.Seconds));
            if (stopping && !session.IsFinished)
                cancellationToken.ThrowIfCancellationRequested();
            if (saved is not null && clock.IsSpent)
                return new TrainReply(null, null, saved, clock.Seconds);
        }
        return await FinishAsync(session, clock, CancellationToken.None);
    }

    private async Task<TrainingInputs> FetchAsync(TrainSpec spec, CancellationToken cancellationToken) => new()
    {
        Spec = spec,
        Data = await data.LoadAsync(spec.Data, spec.Task, store, cancellationToken),
        Checkpoint = spec.Checkpoint is { } checkpoint ? await store.FetchAsync(checkpoint, cancellationToken) : null,
        Script = await store.FetchScriptAsync(spec.Model, cancellationToken),
        Mask = spec.Mask is { } mask ? SparsityMask.Load(await store.FetchAsync(mask, cancellationToken)) : null,
        Ceiling = spec.Ceiling is { } ceiling ? SparsityMask.Load(await store.FetchAsync(ceiling, cancellationToken)) : null,
        DenseReport = await store.ReadReportAsync<TrainReport>(spec.DenseReport, cancellationToken),
        Time = time,
    };

    /// <summary>A resume point when one is due; the last epoch needs none, its outputs are at hand.</summary>
    private async Task<ArtifactRef?> SaveWhenDueAsync(TrainingSession session, SliceClock clock, bool stopping)
    {
        if (session.IsFinished || !(clock.IsSaveDue || stopping))
            return null;
        clock.Saved();
        return await store.StoreAsync(ArtifactFormats.ResumePoint, session.SaveResumePoint, CancellationToken.None);
    }

    private async Task<TrainReply> FinishAsync(TrainingSession session, SliceClock clock, CancellationToken cancellationToken)
    {
        TrainingOutcome? outcome = null;
        var checkpoint = await store.StoreAsync(ArtifactFormats.Safetensors, file => outcome = session.Finish(file), cancellationToken);
        var report = await store.StoreReportAsync(outcome!.Report, cancellationToken);
        var outputs = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal)
        {
            [OutputNames.Checkpoint] = checkpoint,
            [OutputNames.Report] = report,
            [OutputNames.Curve] = await store.StoreReportAsync(outcome.Curve, cancellationToken),
        };
        if (outcome.Mask is { } mask)
            outputs[OutputNames.Mask] = await store.StoreAsync(ArtifactFormats.Mask, mask.Save, cancellationToken);
        return new TrainReply(outputs, outcome.Metrics, ResumePoint: null, clock.Seconds);
    }
}
