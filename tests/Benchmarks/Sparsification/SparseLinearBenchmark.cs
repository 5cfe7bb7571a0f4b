using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>A pruned linear layer of 1024 × 1024: sparse execution against torch's dense and sparse products.</summary>
internal sealed class SparseLinearBenchmark : IBenchmark
{
    /// <summary>Seconds per measurement: products take microseconds, and the clock and the scheduler have their moods.</summary>
    private const double Duration = 0.04;

    private static readonly int[] Batches = [1, 64, 128];
    private static readonly double[] Sparsities = [0.8, 0.9, 0.95, 0.98, 0.99];

    public string Name => "sparse-linear";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        var threads = Environment.ProcessorCount;
        torch.set_num_threads(threads);
        using var noGradients = torch.no_grad();
        foreach (var batch in Batches)
            foreach (var sparsity in Sparsities)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var layer = new SparseLayer(sparsity, batch);
                layer.Check();
                foreach (var result in Measure(settings, layer, batch, sparsity, threads))
                    yield return result;
            }
    }

    private static IEnumerable<BenchmarkResult> Measure(BenchmarkSettings settings, SparseLayer layer, int batch, double sparsity, int threads)
    {
        var what = $"linear 1024², {sparsity:0%} zeros, batch {batch}";
        var dense = Time(settings, () => layer.Ours(threads), layer.Dense);
        var half = Time(settings, () => layer.Ours(threads), layer.DenseHalf);
        yield return new BenchmarkResult(
            $"{what}, against dense",
            $"Time of torch's dense fp32 layer over ours, {threads} threads each at most.",
            dense.Ratio(),
            Target.AtLeast((batch, sparsity) switch { (1, 0.9) => 3.6, (128, 0.9) => 3, (128, 0.98) => 15, _ => 1 }, "×"),
            $"Ours {Microseconds(dense.MedianOurs)}, torch fp32 {Microseconds(dense.MedianTheirs)}; against torch bf16 {half.Ratio().Median:0.0} ×.");
        var csr = Time(settings, () => layer.Ours(threads), layer.Csr);
        yield return new BenchmarkResult(
            $"{what}, against torch CSR",
            $"Time of torch's CSR × dense product (inputs already transposed, no bias) over our whole layer, {threads} threads each at most.",
            csr.Ratio(),
            Target.AtLeast((batch, sparsity) is (1, 0.9) ? 2 : 1, "×"),
            $"Ours {Microseconds(csr.MedianOurs)}, torch {Microseconds(csr.MedianTheirs)}.");
    }

    /// <summary>Seconds of one call each, from measurements of many calls.</summary>
    private static PairedTimes Time(BenchmarkSettings settings, Action ours, Action theirs)
    {
        var (mine, yours) = (Repeated.For(Duration, ours), Repeated.For(Duration, theirs));
        return PairedTimes.Measure(settings.Pairs, mine.Run, yours.Run).PerCall(mine.Calls, yours.Calls);
    }

    private static string Microseconds(double seconds) => $"{seconds * 1e6:0.0} µs";
}
