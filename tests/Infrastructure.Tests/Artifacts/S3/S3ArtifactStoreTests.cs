using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

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

    [Fact]
    public async Task A_blob_has_the_key_it_has_in_a_folder()
    {
        var artifact = await StoreAsync("abc"u8);

        (await _bucket.KeysAsync(Token)).ShouldBe([$"objects/sha256/ba/{artifact.Digest}"]);
    }

    [Theory]
    [InlineData("abd", "does not hash to its name")]
    [InlineData("ab", "has 2 bytes where 3 are expected")]
    [InlineData("", "has 0 bytes where 3 are expected")]
    public async Task A_blob_that_somebody_changed_is_corrupt_and_leaves_no_copy(string content, string reason)
    {
        var artifact = await StoreAsync("abc"u8);
        await _bucket.OverwriteAsync($"objects/sha256/ba/{artifact.Digest}", TemporaryStore.Bytes(content).ToArray(), Token);
        using var other = new S3Store(_bucket);

        var failure = (await Should.ThrowAsync<DomainException>(() => other.Artifacts.FetchAsync(artifact, Token))).Failure;

        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        failure.Reason.ShouldContain(reason);
        Directory.EnumerateFiles(other.Folder.Root, "*", SearchOption.AllDirectories).ShouldAllBe(f => f.EndsWith(".lock"));
    }

    [Fact]
    public async Task Storing_again_mends_a_blob_of_another_size()
    {
        var artifact = await StoreAsync("abc"u8);
        await _bucket.OverwriteAsync($"objects/sha256/ba/{artifact.Digest}", [1], Token);

        await StoreAsync("abc"u8);

        using var other = new S3Store(_bucket);
        (await File.ReadAllTextAsync(await other.Artifacts.FetchAsync(artifact, Token), Token)).ShouldBe("abc");
    }

    [Fact]
    public async Task Storing_again_mends_a_blob_of_the_same_size_that_somebody_changed()
    {
        var artifact = await StoreAsync("abc"u8);
        await _bucket.OverwriteAsync($"objects/sha256/ba/{artifact.Digest}", "abd"u8.ToArray(), Token);

        await StoreAsync("abc"u8);

        using var other = new S3Store(_bucket);
        (await File.ReadAllTextAsync(await other.Artifacts.FetchAsync(artifact, Token), Token)).ShouldBe("abc");
    }

    [Fact]
    public async Task Of_processes_that_store_the_same_at_once_all_succeed()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => new S3Store(_bucket)).ToArray();

        var stored = await Task.WhenAll(stores.Select(s => s.Artifacts.StoreAsync(s.NewFile(new byte[100_000]), "mask", Token)));

        stored.Distinct().Count().ShouldBe(1);
        (await _bucket.KeysAsync(Token)).Count.ShouldBe(1);
        Array.ForEach(stores, s => s.Dispose());
    }

    [Fact]
    public async Task A_damaged_copy_is_fetched_anew()
    {
        var artifact = await StoreAsync("abc"u8);
        var copy = await Store.FetchAsync(artifact, Token);
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(copy, "abd", Token);
        File.SetLastWriteTimeUtc(copy, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        (await File.ReadAllTextAsync(await Store.FetchAsync(artifact, Token), Token)).ShouldBe("abc");
    }
}
