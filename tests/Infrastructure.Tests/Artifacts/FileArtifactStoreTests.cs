using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

public sealed class FileArtifactStoreTests : ArtifactStoreConformance, IDisposable
{
    private readonly TemporaryStore _store = new();

    protected override IArtifactStore Store => _store.Artifacts;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_blob_lies_under_the_first_two_digits_of_its_hash_and_cannot_be_written()
    {
        var artifact = await StoreAsync("abc"u8);

        var path = _store.Folder.PathOf($"objects/sha256/ba/{artifact.Digest}");
        (File.GetUnixFileMode(path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)).ShouldBe(UnixFileMode.None);
    }

    [Fact]
    public async Task Changed_bytes_are_noticed_although_the_size_is_right()
    {
        var artifact = await StoreAsync("abc"u8);
        await DamageAsync(artifact, "abd");

        var failure = (await Should.ThrowAsync<DomainException>(() => new FileArtifactStore(_store.Folder).FetchAsync(artifact, Token))).Failure;

        failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
        failure.Reason.ShouldContain("does not hash to its name");
    }

    [Fact]
    public async Task A_process_that_has_verified_a_blob_notices_when_it_is_changed_afterwards()
    {
        var artifact = await StoreAsync("abc"u8);
        await Store.FetchAsync(artifact, Token);
        await DamageAsync(artifact, "abd");

        await Should.ThrowAsync<DomainException>(() => Store.FetchAsync(artifact, Token));
    }

    [Fact]
    public async Task Storing_a_damaged_blob_again_mends_it()
    {
        var artifact = await StoreAsync("abc"u8);
        await DamageAsync(artifact, "abd");

        await StoreAsync("abc"u8);

        (await File.ReadAllTextAsync(await Store.FetchAsync(artifact, Token), Token)).ShouldBe("abc");
    }

    [Fact]
    public async Task A_file_from_another_file_system_is_copied_in()
    {
        var outside = Path.Combine("/dev/shm", "sparsepipeline-" + Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(outside, "abc", Token);

        var artifact = await Store.StoreAsync(outside, ArtifactFormats.Mask, Token);

        (await File.ReadAllTextAsync(await Store.FetchAsync(artifact, Token), Token)).ShouldBe("abc");
        File.Delete(outside);
    }

    [Fact]
    public async Task A_reader_keeps_its_blob_while_the_same_is_stored_again()
    {
        var artifact = await StoreAsync("abc"u8);
        using var reader = File.OpenText(await Store.FetchAsync(artifact, Token));

        await StoreAsync("abc"u8);

        (await reader.ReadToEndAsync(Token)).ShouldBe("abc");
    }

    private async Task DamageAsync(ArtifactRef artifact, string content)
    {
        var path = await Store.FetchAsync(artifact, Token);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(path, content, Token);
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }
}
