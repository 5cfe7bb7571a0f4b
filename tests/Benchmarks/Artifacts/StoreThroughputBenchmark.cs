using System.Diagnostics;
using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Benchmarks;

/// <summary>What hashing, verifying, conditional creation and the local copy cost beside the bare transfer.</summary>
internal sealed class StoreThroughputBenchmark : IBenchmark
{
    private const long FullSize = 256 << 20;
    private const string RawKey = "raw";

    public string Name => "store-throughput";

    public async IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bytes = (long)(FullSize * settings.Scale) / 4096 * 4096;
        using var files = new LargeFiles(settings, 4 * bytes);
        await using var server = await ObjectStoreProcess.StartAsync(durable: true, cancellationToken);
        await using var bucket = await ObjectStoreBucket.CreateAsync(server.Address, cancellationToken);
        using var raw = new RawTransfers(bucket);
        await using var writer = new BucketStore(bucket.Settings, files.NewPath("writer"));
        await using var reader = new BucketStore(bucket.Settings, files.NewPath("reader"));
        var (puts, gets) = (new List<(double Ours, double Theirs)>(), new List<(double Ours, double Theirs)>());
        // The first pair warms up.
        for (var pair = 0; pair <= settings.Pairs; pair++)
        {
            var blob = Unique(files, pair, bytes);
            var theirPut = await SecondsAsync(() => raw.PutAsync(RawKey, blob, cancellationToken));
            ArtifactRef artifact = null!;
            var ourPut = await SecondsAsync(async () => artifact = await writer.Artifacts.StoreAsync(blob, ArtifactFormats.Safetensors, cancellationToken));
            puts.Add((ourPut, theirPut));
            var theirGet = await SecondsAsync(() => raw.GetAsync(RawKey, files.NewPath("raw"), cancellationToken));
            var copy = "";
            var ourGet = await SecondsAsync(async () => copy = await reader.Artifacts.FetchAsync(artifact, cancellationToken));
            gets.Add((ourGet, theirGet));
            File.Delete(copy);
            await writer.Artifacts.DeleteAsync(artifact.Digest, cancellationToken);
            await raw.DeleteAsync(RawKey, cancellationToken);
        }
        yield return Result("storing in a bucket, compared with a bare PUT",
            "Seconds of one presigned PUT of a file by HttpClient over those of storing it: hashed, looked for, sent on condition, kept as local copy.", puts, bytes);
        yield return Result("fetching from a bucket, compared with a bare GET",
            "Seconds of one presigned GET into a file by HttpClient over those of fetching it: hashed, verified, kept as local copy.", gets, bytes);
    }

    private static BenchmarkResult Result(string measure, string definition, List<(double Ours, double Theirs)> pairs, long bytes)
    {
        var times = new PairedTimes([.. pairs.Skip(1).Select(p => p.Ours)], [.. pairs.Skip(1).Select(p => p.Theirs)]);
        return new(measure, definition, times.Ratio(), Target.AtLeast(0.85, "×"),
            $"{bytes / 1e6:0} MB to a radosgw on this machine: {bytes / times.MedianOurs / 1e6:0} MB/s, bare {bytes / times.MedianTheirs / 1e6:0} MB/s.");
    }

    // What is stored already would not be sent again.
    private static string Unique(LargeFiles files, int pair, long bytes) => files.Write($"blob-{pair}", bytes / sizeof(float), seed: pair);

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
