using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

public sealed class S3ArtifactStoreTests(ObjectStoreServer server) : ArtifactStoreConformance, IAsyncLifetime
{
    private ObjectStoreBucket _bucket = null!;
    private S3Store _store = null!;

    protected override IArtifactStore Store => _store.Artifacts;

    public async ValueTask InitializeAsync()
    {
        _bucket = await server.CreateBucketAsync(Token);
        _store = new S3Store(_bucket);
    }

    public async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        if (_bucket is not null)
            await _bucket.DisposeAsync();
    }
}
