using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Infrastructure.Tests.Artifacts.S3;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Collection;

public sealed class S3CollectorTests(ObjectStoreServer server) : CollectorConformance, IAsyncLifetime
{
    private ObjectStoreBucket _bucket = null!;
    private S3Store _store = null!;

    protected override IObjectStore Objects => _store.Objects;

    protected override IArtifactStore Artifacts => _store.Artifacts;

    protected override CollectionNotice Notice => _store.Notice;

    protected override int Worlds => 5;

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
    public async Task Storing_an_old_blob_again_makes_it_young_without_sending_it()
    {
        var blob = await StoreAsync("again");
        var before = await StoredAtAsync(blob);
        await Task.Delay(TimeSpan.FromSeconds(2), Token); // the server counts in seconds
        _store.Time.Advance(TimeSpan.FromHours(2));

        await StoreAsync("again");

        (await StoredAtAsync(blob)).ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task A_blob_deleted_while_it_is_stored_again_is_there_afterwards()
    {
        var blob = await StoreAsync("again");
        _store.Time.Advance(TimeSpan.FromHours(2));
        // Between its look at the age and its deletion a collection can be anywhere; here it is as late as it can be.
        await Notice.BeginAsync(Token);
        var storing = StoreAsync("again");
        await Task.WhenAny(storing, Task.Delay(TimeSpan.FromMilliseconds(500), Token));
        storing.IsCompleted.ShouldBeFalse();
        await Artifacts.DeleteAsync(blob.Digest, Token);
        await Notice.EndAsync();

        while (!storing.IsCompleted)
        {
            _store.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(storing, Task.Delay(10, Token));
        }

        await storing;
        (await Artifacts.ExistsAsync(blob.Digest, Token)).ShouldBeTrue();
    }

    private async Task<DateTimeOffset> StoredAtAsync(ArtifactRef artifact)
    {
        await foreach (var blob in Artifacts.ListAsync(Token))
        {
            if (blob.Digest == artifact.Digest)
                return blob.StoredAt;
        }
        throw new InvalidOperationException("It is not there.");
    }
}
