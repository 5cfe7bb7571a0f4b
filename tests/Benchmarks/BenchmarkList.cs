namespace SparsePipeline.Benchmarks;

/// <summary>All benchmarks, in the order they run.</summary>
public static class BenchmarkList
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new EngineOverheadBenchmark(),
        new ParallelCandidatesBenchmark(),
        new TwoTrainersBenchmark(),
        new DistributedOverheadBenchmark(),
        new PlainScriptBenchmark(),
        new AveragingBenchmark(),
        new ThresholdBenchmark(),
        new MaskBenchmark(),
        new MergeMemoryBenchmark(),
        new MappedFilesBenchmark(),
        new PackedSizeBenchmark(),
        new TrainingStepBenchmark(),
        new UpdateCostBenchmark(),
        new TrainingLimitBenchmark(),
        new GpuBenchmark(),
        new SparseLinearBenchmark(),
        new SparseConvolutionBenchmark(),
        new SparseNetworkBenchmark(),
        new DataPipelineBenchmark(),
        new ReplanningBenchmark(),
        new BusBenchmark(),
        new StoreThroughputBenchmark(),
        new StoreMemoryBenchmark(),
    ];

    /// <summary>Those named, or all.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<IBenchmark> Select(IReadOnlyCollection<string> names)
    {
        var unknown = names.Except(All.Select(b => b.Name), StringComparer.Ordinal).ToList();
        return unknown.Count > 0
            ? throw new ArgumentException($"There is no benchmark {string.Join(", ", unknown)}. Known: {string.Join(", ", All.Select(b => b.Name))}.", nameof(names))
            : [.. All.Where(b => names.Count == 0 || names.Contains(b.Name))];
    }
}
