using System.Diagnostics;
using System.Runtime.CompilerServices;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Benchmarks;

/// <summary>How much more private memory storing and fetching takes for an object of 2 GB than for one an eighth as large.</summary>
internal sealed class StoreMemoryBenchmark : IBenchmark
{
    private const long FullSize = 2_000_000_000;
    private const int Eighth = 8;

    public string Name => "store-memory";

    public async IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bytes = (long)(FullSize * settings.Scale) / (Eighth * 4096) * Eighth * 4096;
        using var files = new LargeFiles(settings, 3 * bytes);
        await using var server = await ObjectStoreProcess.StartAsync(durable: true, cancellationToken);
        await using var bucket = await ObjectStoreBucket.CreateAsync(server.Address, cancellationToken);
        var small = await PeakAsync(files, bucket, bytes / Eighth, seed: 1, cancellationToken);
        var large = await PeakAsync(files, bucket, bytes, seed: 2, cancellationToken);
        yield return new BenchmarkResult(
            "growth of peak memory with the object stored and fetched",
            "Peak of RssAnon (private memory) of a process that stores an object of n bytes in a bucket and fetches it again, minus that for n/8 bytes, "
            + "over the 7n/8 bytes between them; once. Independent of the object means 0.",
            Samples.Of([100 * (large - small) / (bytes - (bytes / Eighth))]),
            Target.AtMost(1, "%"),
            $"{bytes / Eighth / 1e6:0} MB: {small / 1e6:0.0} MB; {bytes / 1e6:0} MB: {large / 1e6:0.0} MB.");
    }

    private static async Task<double> PeakAsync(LargeFiles files, ObjectStoreBucket bucket, long bytes, int seed, CancellationToken cancellationToken)
    {
        var file = files.Write($"object-{seed}", bytes / sizeof(float), seed);
        var start = new ProcessStartInfo(Environment.ProcessPath!, [StoreMemoryChild.Command, file, files.NewPath($"store-{seed}")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in bucket.Environment)
            start.Environment[name] = value;
        using var child = Process.Start(start)!;
        var answer = await child.StandardOutput.ReadToEndAsync(cancellationToken);
        await child.WaitForExitAsync(cancellationToken);
        return child.ExitCode == 0 ? double.Parse(answer) : throw new InvalidOperationException($"The storing process exited with {child.ExitCode}: {answer}");
    }
}
