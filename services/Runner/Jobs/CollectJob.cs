using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Sparsification;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Collects what comes into the layers of a checkpoint on a sample of the training data.</summary>
public sealed class CollectJob(IArtifactStore store, DataCache data, TimeProvider time) : RunnerJob<CollectRequest, CollectReply>
{
    protected override async Task<CollectReply> RunAsync(CollectRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        MethodVersions.Ensure(request.Spec, [.. LearningMethods.All, .. SparsificationMethods.All]);
        if (request.Spec.Sequential is { Rule.Allocation: null } own)
            MethodVersions.Ensure(request.Spec.Versions, [Pruners.OwnAllocation(own.Rule.Method)], SparsificationMethods.All);
        var checkpoint = await store.FetchAsync(request.Spec.Checkpoint, cancellationToken);
        var splits = await data.LoadAsync(request.Spec.Data, request.Spec.Task, store, cancellationToken);
        var solution = store.CreateTemporaryPath();
        try
        {
            using var cut = await CutAsync(request.Spec, checkpoint, solution, cancellationToken);
            CollectedSample? seen = null;
            var statistics = await store.StoreAsync(
                ArtifactFormats.Statistics, file => seen = StatisticsCollection.Run(checkpoint, request.Spec, splits, file, cancellationToken, cut), cancellationToken);
            return new CollectReply(statistics, time.GetElapsedTime(started).TotalSeconds, seen!.Layers, seen.Examples, seen.Passes)
            {
                Solution = cut?.TryCompleteSolution() == true ? await store.StoreAsync(solution, ArtifactFormats.Solution, cancellationToken) : null,
            };
        }
        finally
        {
            File.Delete(solution);
        }
    }

    private async Task<SequentialLayers?> CutAsync(CollectSpec spec, string checkpoint, string solution, CancellationToken cancellationToken)
    {
        if (spec.Sequential is not { } rule)
            return null;
        var mask = rule.Mask is { } before ? SparsityMask.Load(await store.FetchAsync(before, cancellationToken)) : null;
        var ceiling = rule.Ceiling is { } within ? SparsityMask.Load(await store.FetchAsync(within, cancellationToken)) : null;
        return new SequentialLayers(checkpoint, rule, mask, ceiling, Path.GetDirectoryName(solution), solution, cancellationToken);
    }
}
