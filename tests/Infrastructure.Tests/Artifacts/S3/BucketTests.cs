using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

/// <summary>A bucket for each test of a class, and as many processes at it as the test wants.</summary>
public abstract class BucketTests(ObjectStoreServer server) : IAsyncLifetime
{
    private readonly List<S3Store> _stores = [];

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected ObjectStoreBucket Bucket { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Bucket = await server.CreateBucketAsync(Token);

    public async ValueTask DisposeAsync()
    {
        _stores.ForEach(s => s.Dispose());
        if (Bucket is not null)
            await Bucket.DisposeAsync();
    }

    internal S3Store Open(Action<S3Options>? change = null, long cacheBytes = 1L << 30)
    {
        _stores.Add(new S3Store(Bucket, change, cacheBytes));
        return _stores[^1];
    }

    internal static Task<ArtifactRef> StoreAsync(S3Store store, byte[] content) =>
        store.Artifacts.StoreAsync(store.NewFile(content), ArtifactFormats.Mask, Token);

    protected static byte[] Noise(int bytes, int seed = 1)
    {
        var content = new byte[bytes];
        new Random(seed).NextBytes(content);
        return content;
    }
}
