namespace SparsePipeline.TestKit;

/// <summary>A fresh folder, in memory where the system has such a place, that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("sparsepipeline-").FullName;

    private TemporaryFolder(string parent)
    {
        Path = System.IO.Path.Combine(parent, System.IO.Path.GetRandomFileName());
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>For tests that write very many small files.</summary>
    public static TemporaryFolder InMemory() => Directory.Exists(Memory) ? new TemporaryFolder(Memory) : new TemporaryFolder();

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
