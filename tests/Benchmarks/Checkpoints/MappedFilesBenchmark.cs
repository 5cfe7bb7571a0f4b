using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;

namespace SparsePipeline.Benchmarks;

/// <summary>
/// What decision 0008 rests on: reading a mapped file against reading through a buffer, and write(2) against filling a mapping.
/// </summary>
internal sealed class MappedFilesBenchmark : IBenchmark
{
    private const long FullSize = 400_000_000;
    private const int Buffer = 256 << 10;
    private const int Absent = int.MinValue + 12345;

    public string Name => "mapped-files";

    public IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken) =>
        Results(settings, cancellationToken).ToAsyncEnumerable();

    private static IEnumerable<BenchmarkResult> Results(BenchmarkSettings settings, CancellationToken cancellationToken)
    {
        var bytes = (long)(FullSize * settings.Scale) / 4096 * 4096;
        using var files = new LargeFiles(settings, 3 * bytes);
        var path = files.Write("source", bytes / sizeof(float), seed: 1);
        using var state = StateDict.Open(path);
        var buffer = new byte[Buffer];
        var reading = PairedTimes.Measure(settings.Pairs, () => ScanInPlace(state, bytes), () => ScanThroughBuffer(path, bytes, buffer));
        var writing = PairedTimes.Measure(
            settings.Pairs, () => Write(files, bytes, buffer, inPlace: false), () => Write(files, bytes, buffer, inPlace: true));
        yield return Result("reading in place, compared with reading through a buffer",
            "Seconds of scanning a file of cached pages through a 256 KiB buffer (read(2)) over those of scanning it mapped, released piece by piece; one thread.",
            reading, bytes);
        yield return Result("writing from a buffer, compared with writing in place",
            "Seconds of filling a new file's mapping in pieces of 256 KiB over those of writing them with write(2), both flushed; one thread.",
            writing, bytes);
    }

    private static BenchmarkResult Result(string measure, string definition, PairedTimes times, long bytes) =>
        new(measure, definition, times.Ratio(), Target.AtLeast(0.8, "×"),
            $"{bytes / 1e6:0} MB: {bytes / times.MedianOurs / 1e9:0.0} GB/s, the other {bytes / times.MedianTheirs / 1e9:0.0} GB/s.");

    private static void ScanInPlace(StateDict state, long bytes)
    {
        for (long offset = 0; offset < bytes; offset += Buffer)
        {
            var length = (int)Math.Min(Buffer, bytes - offset);
            Scan(state.Bytes(LargeFiles.Tensor, offset, length));
            state.Release(LargeFiles.Tensor, offset / sizeof(float), length / sizeof(float));
        }
    }

    private static void ScanThroughBuffer(string path, long bytes, byte[] buffer)
    {
        using var file = File.OpenHandle(path);
        for (long offset = 0; offset < bytes; offset += Buffer)
            Scan(buffer.AsSpan(0, RandomAccess.Read(file, buffer, offset)));
    }

    private static void Write(LargeFiles files, long bytes, byte[] buffer, bool inPlace)
    {
        using var writer = StateDictWriter.Create(files.NewPath("copy"), [TensorInfo.Of(LargeFiles.Tensor, TensorType.U8, bytes)]);
        for (long offset = 0; offset < bytes; offset += Buffer)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(Buffer, bytes - offset));
            if (inPlace)
                piece.CopyTo(writer.Bytes(LargeFiles.Tensor, offset, piece.Length));
            else
                writer.WriteBytes(LargeFiles.Tensor, offset, piece);
        }

        writer.Complete();
    }

    // A vectorised search that has to look at everything, and does nothing else.
    private static void Scan(ReadOnlySpan<byte> bytes)
    {
        if (MemoryMarshal.Cast<byte, int>(bytes).Contains(Absent))
            throw new InvalidOperationException("The file was made without this number.");
    }
}
