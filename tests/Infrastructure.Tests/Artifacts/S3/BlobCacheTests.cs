using SparsePipeline.Contracts;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

/// <summary>What happens to this machine's copies.</summary>
public sealed class BlobCacheTests(ObjectStoreServer server) : BucketTests(server)
{
    [Fact]
    public async Task The_copy_used_longest_ago_goes_first_and_is_fetched_again_when_it_is_wanted()
    {
        var store = Open(cacheBytes: 2500);
        var blobs = await StoreThreeAsync(store);
        store.Time.Advance(TimeSpan.FromHours(2));
        await store.Artifacts.FetchAsync(blobs[0], Token);
        store.Time.Advance(TimeSpan.FromMinutes(61));

        await StoreAsync(store, Noise(1000, seed: 4));

        Copies(store).ShouldBe([blobs[0].Digest, Digest(Noise(1000, seed: 4))], ignoreOrder: true);
        (await File.ReadAllBytesAsync(await store.Artifacts.FetchAsync(blobs[1], Token), Token)).ShouldBe(Noise(1000, seed: 1));
    }

    [Fact]
    public async Task What_was_used_within_the_hour_stays_although_it_is_too_much()
    {
        var store = Open(cacheBytes: 0);

        var blobs = await StoreThreeAsync(store);
        store.Time.Advance(TimeSpan.FromMinutes(59));
        await StoreAsync(store, Noise(1000, seed: 4));

        Copies(store).Length.ShouldBe(4);
        blobs.ShouldAllBe(b => Copies(store).Contains(b.Digest));
    }

    [Fact]
    public async Task Whoever_has_opened_a_copy_keeps_it()
    {
        var store = Open(cacheBytes: 0);
        var blob = await StoreAsync(store, Noise(1000));
        using var open = File.OpenHandle(await store.Artifacts.FetchAsync(blob, Token));
        store.Time.Advance(TimeSpan.FromHours(2));

        await StoreAsync(store, Noise(1000, seed: 4));

        Copies(store).ShouldNotContain(blob.Digest);
        var content = new byte[1000];
        RandomAccess.Read(open, content, 0).ShouldBe(1000);
        content.ShouldBe(Noise(1000));
    }

    [Fact]
    public async Task A_folder_store_in_the_same_place_loses_nothing()
    {
        var store = Open(cacheBytes: 0);
        var folder = new Infrastructure.Artifacts.FileArtifactStore(store.Folder);
        var kept = await folder.StoreAsync(store.NewFile(Noise(1000)), "mask", Token);
        store.Time.Advance(TimeSpan.FromDays(2));

        await StoreAsync(store, Noise(1000, seed: 4));

        (await folder.ExistsAsync(kept.Digest, Token)).ShouldBeTrue();
    }

    private static async Task<ArtifactRef[]> StoreThreeAsync(S3Store store) =>
        [await StoreAsync(store, Noise(1000, seed: 0)), await StoreAsync(store, Noise(1000, seed: 1)), await StoreAsync(store, Noise(1000, seed: 2))];

    private static string[] Copies(S3Store store) =>
        [.. Directory.EnumerateFiles(store.Folder.PathOf("cache"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>()];

    private static string Digest(byte[] content) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
}
