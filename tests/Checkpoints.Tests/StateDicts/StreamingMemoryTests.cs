using SparsePipeline.TestKit;

namespace SparsePipeline.Checkpoints.Tests;

[Collection(nameof(MeasuredAlone))]
public sealed class StreamingMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Walking_a_file_with_releases_keeps_memory_flat()
    {
        using var state = Large(64 << 20);
        var before = ResidentFilePages();

        state.EnsureFinite();

        (ResidentFilePages() - before).ShouldBeLessThan(64 << 20, "of 256 MiB read");
    }

    [Fact]
    public void Packing_and_unpacking_keep_memory_flat()
    {
        using var state = Large(32 << 20);
        var before = ResidentFilePages();

        PackedCheckpoint.Pack(state, _folder.File("packed"));
        PackedCheckpoint.Unpack(_folder.File("packed"), _folder.File("unpacked"));

        (ResidentFilePages() - before).ShouldBeLessThan(32 << 20, "of 128 MiB read and 128 MiB written");
    }

    private StateDict Large(int floats)
    {
        using (var writer = StateDictWriter.Create(_folder.File("large"), [TensorInfo.Of("a.weight", TensorType.F32, 1, floats)]))
            writer.Complete();
        return StateDict.Open(_folder.File("large"));
    }

    // RssFile of Linux: pages of mapped files that this process holds.
    private static long ResidentFilePages() =>
        long.Parse(File.ReadLines("/proc/self/status").First(
            l => l.StartsWith("RssFile:", StringComparison.Ordinal))["RssFile:".Length..^" kB".Length]) * 1024;
}
