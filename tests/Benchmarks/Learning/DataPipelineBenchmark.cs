using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Runtime;

namespace SparsePipeline.Benchmarks;

/// <summary>From bytes to standardised batches: against a copy of as many floats, and as a share of the fastest training there is to feed.</summary>
internal sealed class DataPipelineBenchmark : IBenchmark
{
    /// <summary>Seconds per measurement of reading, which is short.</summary>
    private const double Duration = 0.2;

    private static readonly (string Model, InputShape Shape, int Count)[] Trainings =
        [("lenet5", new(1, 28, 28), 4096), ("resnet20", new(3, 32, 32), 512)];

    public string Name => "data-pipeline";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        TorchRuntime.Configure(Environment.ProcessorCount);
        foreach (var (model, shape, count) in Trainings)
            foreach (var augmentation in new[] { null, "shift-flip" })
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var images = new InventedImages(model, shape, count, augmentation);
                var what = $"batches of {shape}{(augmentation is null ? "" : ", augmented")}";
                yield return BesideCopy(settings, images, what);
                yield return BesideTraining(settings, images, $"{what}, share of training {model}");
            }
    }

    private static BenchmarkResult BesideCopy(BenchmarkSettings settings, InventedImages images, string what)
    {
        var (from, to) = (new float[images.Values], new float[images.Values]);
        var (ours, theirs) = (Repeated.For(Duration, images.Read), Repeated.For(Duration, () => from.CopyTo(to, 0)));
        var times = PairedTimes.Measure(settings.Pairs, ours.Run, theirs.Run).PerCall(ours.Calls, theirs.Calls);
        return new BenchmarkResult(
            $"{what}, share of copy speed",
            "Time to copy as many floats from array to array over ours, from bytes in random order; one thread each.",
            times.Ratio(),
            Target.AtLeast(0.1, "×"),
            $"{images.Count / times.MedianOurs:N0} images/s; the copy {images.Count / times.MedianTheirs:N0}.");
    }

    private static BenchmarkResult BesideTraining(BenchmarkSettings settings, InventedImages images, string what)
    {
        var reads = Repeated.For(Duration, images.Read);
        var times = PairedTimes.Measure(settings.Pairs, images.Train, reads.Run).PerCall(1, reads.Calls);
        return new BenchmarkResult(
            what,
            $"Time of reading, one thread, over that of an epoch with batches of 128 on {Environment.ProcessorCount} threads, reading included.",
            times.Ratio(100),
            Target.AtMost(5, "%"),
            $"Trained {images.Count / times.MedianOurs:N0} images/s, read {images.Count / times.MedianTheirs:N0} images/s.");
    }
}
