using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Learning;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.Sparsification;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Collects what comes into the layers of an average that is to be cut.</summary>
public sealed class CollectAverageJob(IArtifactStore store, DataCache data) : RunnerJob<CollectAverageRequest, CollectAverageReply>
{
    protected override async Task<CollectAverageReply> RunAsync(CollectAverageRequest request, IProgress<RunnerProgress> progress, CancellationToken cancellationToken)
    {
        var soup = request.Soup;
        MethodVersions.Ensure(soup, [.. LearningMethods.All, .. SparsificationMethods.All]);
        var splits = await data.LoadAsync(soup.Data, soup.Task, store, cancellationToken);
        var spec = SpecOf(soup);
        using var cut = spec.Sequential is { } rule
            ? new SequentialLayers(request.Checkpoint, rule, SparsityMask.Load(request.Mask), ceiling: null, Path.GetDirectoryName(request.Solution), request.Solution, cancellationToken)
            : null;
        StatisticsCollection.Run(request.Checkpoint, spec, splits, request.Statistics, cancellationToken, cut);
        return new CollectAverageReply(cut?.TryCompleteSolution() ?? false);
    }

    /// <summary>As a step would collect it, of a network that no step has stored: nothing reads which.</summary>
    private static CollectSpec SpecOf(SoupSpec soup) => new()
    {
        AlgorithmVersion = CollectSpec.CurrentVersion,
        Checkpoint = soup.Candidates[0].Checkpoint,
        Model = soup.Model,
        Data = soup.Data,
        Task = soup.Task,
        Examples = soup.RecutSample!.Examples,
        Seed = soup.RecutSample.Seed,
        Products = soup.RecutSample.Products,
        Sequential = soup.RecutSample.Sequential ? new() { Rule = soup.Recut! } : null,
    };
}
