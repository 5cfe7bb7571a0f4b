using Microsoft.Extensions.Time.Testing;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.TestKit.Servers;
using Wrapped = Microsoft.Extensions.Options.Options;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

/// <summary>Stores over a bucket, with a folder of copies of their own: what one process has.</summary>
internal sealed class S3Store : IDisposable
{
    private readonly S3Connection _connection;

    public S3Store(ObjectStoreBucket bucket, Action<S3Options>? change = null, long cacheBytes = 1L << 30)
    {
        var options = new S3Options
        {
            Endpoint = bucket.Settings["S3:Endpoint"]!,
            Bucket = bucket.Name,
            AccessKey = bucket.Address.AccessKey,
            SecretKey = bucket.Address.SecretKey,
        };
        change?.Invoke(options);
        Folder = new StoreFolder(Path.Combine(Path.GetTempPath(), "sparsepipeline-" + Guid.NewGuid().ToString("N")));
        _connection = new S3Connection(Wrapped.Create(options));
        Bucket = new S3Bucket(_connection, Wrapped.Create(options));
        Objects = new S3ObjectStore(Bucket);
        Notice = new CollectionNotice(Objects, new LeaseClaimOwners(), Time);
        Artifacts = new S3ArtifactStore(
            Bucket, Folder, Notice, Wrapped.Create(new StoreOptions { Kind = StoreOptions.InS3, CacheBytes = cacheBytes }), Wrapped.Create(options), Time);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public StoreFolder Folder { get; }

    public S3Bucket Bucket { get; }

    public S3ObjectStore Objects { get; }

    public CollectionNotice Notice { get; }

    public S3ArtifactStore Artifacts { get; }

    /// <summary>A finished file with this content, to be stored.</summary>
    public string NewFile(ReadOnlySpan<byte> content)
    {
        var path = Artifacts.CreateTemporaryPath();
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose()
    {
        Artifacts.Dispose();
        _connection.Dispose();
        Folder.Dispose();
        if (Directory.Exists(Folder.Root))
            Directory.Delete(Folder.Root, recursive: true);
    }
}
