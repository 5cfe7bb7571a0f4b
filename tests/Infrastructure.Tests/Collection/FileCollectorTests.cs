using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Collection;
using SparsePipeline.Infrastructure.Tests.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Collection;

public sealed class FileCollectorTests : CollectorConformance, IDisposable
{
    private readonly TemporaryStore _store = new();

    public FileCollectorTests() => Notice = new CollectionNotice(_store.Objects, new FileClaimOwners(_store.Folder), Later);

    protected override IObjectStore Objects => _store.Objects;

    protected override IArtifactStore Artifacts => _store.Artifacts;

    protected override CollectionNotice Notice { get; }

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_old_file_is_a_new_blob()
    {
        var file = _store.NewFile([1, 2, 3]);
        File.SetLastWriteTimeUtc(file, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var blob = await Artifacts.StoreAsync(file, "mask", Token);

        (await CollectAsync(dryRun: false, hoursAfter: 1)).Young.Count.ShouldBe(1);

        (await Artifacts.ExistsAsync(blob.Digest, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Storing_a_blob_again_protects_it_again()
    {
        var blob = await StoreAsync("again");
        File.SetLastWriteTimeUtc(await Artifacts.FetchAsync(blob, Token), DateTime.UtcNow.AddHours(-30));
        await StoreAsync("again");

        (await Artifacts.DeleteIfOlderAsync(blob.Digest, DateTimeOffset.UtcNow.AddHours(-24), Token)).ShouldBeFalse();

        (await Artifacts.ExistsAsync(blob.Digest, Token)).ShouldBeTrue();
    }
}
