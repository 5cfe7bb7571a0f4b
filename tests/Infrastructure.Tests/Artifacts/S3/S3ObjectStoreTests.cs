using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

public sealed class S3ObjectStoreTests(ObjectStoreServer server) : ObjectStoreConformance, IAsyncLifetime
{
    private ObjectStoreBucket _bucket = null!;
    private S3Store _store = null!;

    protected override IObjectStore Store => _store.Objects;

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

    [Fact]
    public async Task Blobs_are_not_listed_among_the_documents()
    {
        await Store.WriteAsync("a.json", TemporaryStore.Bytes("1"), Token);
        await _store.Artifacts.StoreAsync(_store.NewFile([1, 2, 3]), "mask", Token);

        (await ListAsync("")).ShouldBe(["a.json"]);
    }

    [Fact]
    public async Task A_listing_of_several_pages_is_whole_and_in_order()
    {
        var keys = Enumerable.Range(0, 1100).Select(i => $"steps/{i:d5}/spec.json").ToArray();
        await Parallel.ForEachAsync(keys, Token, async (key, token) => await Store.WriteAsync(key, TemporaryStore.Bytes("1"), token));

        (await ListAsync("steps/")).ShouldBe(keys);
    }
}

public sealed class S3ObjectStoreModelTests(ObjectStoreServer server) : ObjectStoreModelTests, IAsyncLifetime
{
    protected override int Sequences => 15;

    // Here a missing server skips the test; inside the sampling it would look like a failed sample.
    public async ValueTask InitializeAsync() => await server.AddressAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task<bool> WithStoreAsync(Func<IObjectStore, Task<bool>> run)
    {
        await using var bucket = await server.CreateBucketAsync(CancellationToken.None);
        using var store = new S3Store(bucket);
        return await run(store.Objects);
    }
}
