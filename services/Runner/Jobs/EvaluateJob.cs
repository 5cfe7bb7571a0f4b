using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning;
using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Measures one checkpoint, or several that vote, on all splits.</summary>
public sealed class EvaluateJob(IArtifactStore store, DataCache data, TimeProvider time) : RunnerJob<EvaluateRequest, EvaluateReply>
{
    protected override async Task<EvaluateReply> RunAsync(EvaluateRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var spec = request.Spec;
        MethodVersions.Ensure(spec, LearningMethods.All);
        var (splits, checkpoints) = (await data.LoadAsync(spec.Data, spec.Task, store, cancellationToken), new List<string>());
        foreach (var checkpoint in new[] { spec.Checkpoint }.Concat(spec.Others ?? []))
            checkpoints.Add(await store.FetchAsync(checkpoint, cancellationToken));
        var script = await store.FetchScriptAsync(spec.Model, cancellationToken);
        var (report, correctness, examples) = CheckpointEvaluation.Run(checkpoints, spec, splits, (corruption, done) => Tell($"under {corruption}", done), script, cancellationToken);
        var stored = await store.StoreReportAsync(report, cancellationToken);
        var storedCorrectness = correctness is null ? null : await store.StoreReportAsync(correctness, cancellationToken);
        var storedExamples = examples is null ? null : await store.StoreReportAsync(examples, cancellationToken);
        return new EvaluateReply(stored, storedCorrectness, CheckpointEvaluation.Metrics(report), time.GetElapsedTime(started).TotalSeconds, storedExamples);

        void Tell(string doing, double done) =>
            progress.Report(new RunnerProgress(done, doing, ResumePoint: null, time.GetElapsedTime(started).TotalSeconds));
    }
}
