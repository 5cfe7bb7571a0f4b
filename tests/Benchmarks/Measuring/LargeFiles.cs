using SparsePipeline.Checkpoints;

namespace SparsePipeline.Benchmarks;

/// <summary>Large synthetic checkpoints of one F32 tensor, removed at the end.</summary>
internal sealed class LargeFiles : IDisposable
{
    public const string Tensor = "layer.weight";
    private const string Memory = "/dev/shm";
    private readonly string _folder;

    /// <param name="settings">Names the folder, or leaves the choice.</param>
    /// <param name="bytes">Space needed in all.</param>
    public LargeFiles(BenchmarkSettings settings, long bytes)
    {
        // Memory-backed files keep the disk's write-back out of the figures.
        var parent = settings.Folder ?? (Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > bytes * 5 / 4 ? Memory : Path.GetTempPath());
        _folder = Path.Combine(parent, Path.GetRandomFileName());
        Directory.CreateDirectory(_folder);
    }

    public string NewPath(string name) => Path.Combine(_folder, name + ".safetensors");

    /// <summary>Weights of about normal distribution, seeded.</summary>
    public string Write(string name, long count, int seed)
    {
        using var writer = StateDictWriter.Create(NewPath(name), [TensorInfo.Of(Tensor, TensorType.F32, count / 1024, 1024)]);
        const int Piece = 1 << 20;
        Parallel.For(0, (int)((count + Piece - 1) / Piece), piece =>
        {
            var random = new Random(HashCode.Combine(seed, piece) & int.MaxValue);
            var start = (long)piece * Piece;
            foreach (ref var weight in writer.Floats(Tensor, start, (int)Math.Min(Piece, count - start)))
                weight = (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f) * 0.1f;
        });
        writer.Complete();
        return NewPath(name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
