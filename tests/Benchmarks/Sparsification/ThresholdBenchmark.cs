using SparsePipeline.Sparsification.Kernels;
using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>The exact global threshold of 100 million mapped weights against torch.topk.</summary>
internal sealed class ThresholdBenchmark : IBenchmark
{
    public string Name => "threshold";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        using var cut = new SyntheticCut(settings);
        using var scope = torch.NewDisposeScope();
        var magnitudes = TorchTensors.Load(cut.State, LargeFiles.Tensor, cut.Count).abs_();
        var times = PairedTimes.Measure(
            settings.Pairs,
            () => ExactThreshold.Find(cut.Scores, cut.Group),
            () =>
            {
                using var inner = torch.NewDisposeScope();
                magnitudes.topk((int)cut.Group.Kept, dim: 0, largest: true, sorted: false);
            });
        yield return new BenchmarkResult(
            "exact global threshold, against torch.topk",
            "Time of torch.topk for the kept tenth (unsorted, on magnitudes already in memory) over ours (from the mapped file, magnitudes taken on the way).",
            times.Ratio(),
            Target.AtLeast(20, "×"),
            $"{cut.Count / 1e6:0.0} M weights at sparsity {SyntheticCut.Sparsity}: ours {times.MedianOurs * 1e3:0} ms, torch {times.MedianTheirs * 1e3:0} ms.");
    }
}
