using System.Text;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

/// <summary>File stores in a folder of their own that is deleted at the end.</summary>
internal sealed class TemporaryStore : IDisposable
{
    public TemporaryStore()
    {
        Folder = new StoreFolder(Path.Combine(Path.GetTempPath(), "sparsepipeline-" + Guid.NewGuid().ToString("N")));
        Objects = new FileObjectStore(Folder);
        Artifacts = new FileArtifactStore(Folder);
    }

    public StoreFolder Folder { get; }

    public FileObjectStore Objects { get; }

    public FileArtifactStore Artifacts { get; }

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public string NewFile(ReadOnlySpan<byte> content)
    {
        var path = Artifacts.CreateTemporaryPath();
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose()
    {
        Objects.Dispose();
        Folder.Dispose();
        if (Directory.Exists(Folder.Root))
            Directory.Delete(Folder.Root, recursive: true);
    }
}
