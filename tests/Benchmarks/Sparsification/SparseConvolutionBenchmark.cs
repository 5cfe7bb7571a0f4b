using SparsePipeline.Sparsification.Inference;
using TorchSharp;

namespace SparsePipeline.Benchmarks;

/// <summary>Pruned convolutions as residual networks for pictures of 32 × 32 have them: sparse execution against torch's dense one.</summary>
internal sealed class SparseConvolutionBenchmark : IBenchmark
{
    private const double Duration = 0.04;

    private static readonly ConvolutionShape[] Shapes =
    [
        new(Outputs: 64, Inputs: 64, Kernel: 3, Stride: 1, Padding: 1, Height: 32, Width: 32),
        new(Outputs: 256, Inputs: 256, Kernel: 3, Stride: 1, Padding: 1, Height: 8, Width: 8),
        new(Outputs: 128, Inputs: 64, Kernel: 1, Stride: 2, Padding: 0, Height: 32, Width: 32),
    ];

    public string Name => "sparse-convolution";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        var threads = Environment.ProcessorCount;
        torch.set_num_threads(threads);
        using var noGradients = torch.no_grad();
        foreach (var shape in Shapes)
            foreach (var sparsity in new[] { 0.9, 0.95, 0.98 })
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return Measure(settings, shape, sparsity, threads);
            }
    }

    private static BenchmarkResult Measure(BenchmarkSettings settings, ConvolutionShape shape, double sparsity, int threads)
    {
        const int Batch = 16;
        using var layer = new SparseConvolutionLayer(shape, sparsity, Batch);
        layer.Check();
        var (ours, theirs) = (Repeated.For(Duration, () => layer.Ours(threads)), Repeated.For(Duration, layer.Dense));
        var times = PairedTimes.Measure(settings.Pairs, ours.Run, theirs.Run).PerCall(ours.Calls, theirs.Calls);
        return new BenchmarkResult(
            $"convolution {shape.Kernel}×{shape.Kernel}, {shape.Inputs} → {shape.Outputs} channels, {shape.Height}², {sparsity:0%} zeros, against dense",
            $"Time of torch's dense fp32 convolution over ours, stride {shape.Stride}, batch {Batch}, {threads} threads each at most.",
            times.Ratio(),
            Target.AtLeast(1, "×"),
            $"Ours {times.MedianOurs * 1e6:0} µs, torch {times.MedianTheirs * 1e6:0} µs.");
    }
}
