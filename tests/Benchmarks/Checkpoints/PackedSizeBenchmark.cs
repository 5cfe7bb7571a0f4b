using SparsePipeline.Checkpoints;

namespace SparsePipeline.Benchmarks;

/// <summary>The packed form against its bound: one bit per prunable weight and the values that are kept.</summary>
internal sealed class PackedSizeBenchmark : IBenchmark
{
    private const int Columns = 1000;
    private const int KeptOneIn = 50;

    public string Name => "packed-size";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        var rows = Math.Max(1, (long)(100_000 * settings.Scale));
        using var files = new LargeFiles(settings, rows * Columns * 6);
        foreach (var type in new[] { TensorType.F32, TensorType.F16 })
            yield return Measure(files, rows, type);
    }

    private static BenchmarkResult Measure(LargeFiles files, long rows, TensorType type)
    {
        var kept = Write(files.NewPath("dense"), rows, type);
        using (var dense = StateDict.Open(files.NewPath("dense")))
            PackedCheckpoint.Pack(dense, files.NewPath("packed"));
        var weights = rows * Columns;
        var bound = weights / 8.0 + kept * type.ByteSize();
        var size = new FileInfo(files.NewPath("packed")).Length;
        return new BenchmarkResult(
            $"packed {type} at 98 %, size over its bound",
            "Bytes of the packed file, header included, over 1 bit per weight plus the kept values.",
            Samples.Of([size / bound]),
            Target.AtMost(1.01, "×"),
            $"{weights / 1e6:0.0} M weights: {size / 1e6:0.0} MB, {size * 8.0 / weights:0.00} bits per weight, dense {8 * type.ByteSize()}.");
    }

    private static long Write(string path, long rows, TensorType type)
    {
        var kept = 0L;
        var random = new Random(1);
        var row = new float[Columns];
        using var writer = StateDictWriter.Create(path, [TensorInfo.Of(LargeFiles.Tensor, type, rows, Columns)]);
        for (var i = 0L; i < rows; i++)
        {
            foreach (ref var weight in row.AsSpan())
                weight = random.Next(KeptOneIn) == 0 ? random.NextSingle() + 0.1f : 0;
            kept += row.Count(w => w != 0);
            writer.WriteFloats(LargeFiles.Tensor, i * Columns, row);
        }

        writer.Complete();
        return kept;
    }
}
