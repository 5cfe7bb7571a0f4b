using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Sparsification;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Pruner;

/// <summary>Prunes in this process: it needs no libtorch, only mapped files.</summary>
public sealed class PruneStepHandler(IArtifactStore store, TimeProvider time) : IStepHandler<PruneSpec>
{
    /// <inheritdoc />
    public async Task<StepOutcome> ComputeAsync(PruneSpec spec, StepSlice slice, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        MethodVersions.Ensure(spec, SparsificationMethods.All);
        if (spec.Allocation is null)
            MethodVersions.Ensure(spec.Versions, [Pruners.OwnAllocation(spec.Method)], SparsificationMethods.All);
        var previous = spec.Mask is null ? null : SparsityMask.Load(await store.FetchAsync(spec.Mask, cancellationToken));
        var ceiling = spec.Ceiling is null ? null : SparsityMask.Load(await store.FetchAsync(spec.Ceiling, cancellationToken));
        var (checkpoint, mask) = (store.CreateTemporaryPath(), store.CreateTemporaryPath());
        using var source = CheckpointFile.Open(
            await store.FetchAsync(spec.Checkpoint, cancellationToken), CheckpointUse.Prune, Path.GetDirectoryName(checkpoint), previous);
        try
        {
            var script = spec.Script is null ? null : await store.FetchAsync(spec.Script, cancellationToken);
            using var statistics = spec.Statistics is null ? null : StatisticsFile.Open(await store.FetchAsync(spec.Statistics, cancellationToken));
            using var solution = spec.Solution is null ? null : SolutionFile.Open(await store.FetchAsync(spec.Solution, cancellationToken));
            var report = PruneOperation.Run(source, PruneRequest.Of(spec, previous, script, ceiling) with { Statistics = statistics, Solution = solution }, checkpoint, mask, cancellationToken);
            return new StepOutcome
            {
                Outputs = await StoreAsync(checkpoint, mask, report, cancellationToken),
                Metrics = MetricsOf(report),
                Seconds = time.GetElapsedTime(start).TotalSeconds,
            };
        }
        finally
        {
            // Of what could not be written whole nothing stays on a disk that is full.
            File.Delete(checkpoint);
            File.Delete(mask);
        }
    }

    private async Task<SortedDictionary<string, ArtifactRef>> StoreAsync(
        string checkpoint, string mask, PruneReport report, CancellationToken cancellationToken) => new(StringComparer.Ordinal)
        {
            [OutputNames.Checkpoint] = await store.StoreAsync(checkpoint, ArtifactFormats.Safetensors, cancellationToken),
            [OutputNames.Mask] = await store.StoreAsync(mask, ArtifactFormats.Mask, cancellationToken),
            [OutputNames.Report] = await store.StoreReportAsync(report, cancellationToken),
        };

    private static SortedDictionary<string, double> MetricsOf(PruneReport report) => new(StringComparer.Ordinal)
    {
        [MetricNames.Sparsity] = report.Sparsity,
        [MetricNames.GlobalSparsity] = report.GlobalSparsity,
        [MetricNames.PrunedFraction] = report.PrunedFraction,
        [MetricNames.NormDrop] = report.NormDrop,
    };
}
