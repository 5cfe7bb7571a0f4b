using System.Security.Cryptography;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Tests.Artifacts;

/// <summary>What every <see cref="IArtifactStore"/> must do; an implementation is tested by deriving from this.</summary>
public abstract class ArtifactStoreConformance
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IArtifactStore Store { get; }

    [Fact]
    public async Task Size_and_hash_say_what_is_stored_now()
    {
        var artifact = await StoreAsync("abc"u8);

        (await Store.SizeAsync(artifact.Digest, Token)).ShouldBe(3);
        (await Store.HashAsync(artifact.Digest, Token)).ShouldBe(artifact.Digest);
        await Store.DeleteAsync(artifact.Digest, Token);
        (await Store.SizeAsync(artifact.Digest, Token)).ShouldBeNull();
        (await Store.HashAsync(artifact.Digest, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_stored_is_named_by_its_hash_and_comes_back_as_it_was()
    {
        var artifact = await StoreAsync("abc"u8);

        artifact.ShouldBe(new ArtifactRef("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3, ArtifactFormats.Mask));
        (await File.ReadAllTextAsync(await Store.FetchAsync(artifact, Token), Token)).ShouldBe("abc");
        (await Store.ExistsAsync(artifact.Digest, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_empty_file_is_an_artifact_too()
    {
        var artifact = await StoreAsync([]);

        artifact.SizeBytes.ShouldBe(0);
        new FileInfo(await Store.FetchAsync(artifact, Token)).Length.ShouldBe(0);
    }

    [Fact]
    public async Task Storing_the_same_bytes_again_gives_the_same_reference_and_takes_the_file()
    {
        var first = await StoreAsync("same"u8);
        var file = NewFile("same"u8);

        (await Store.StoreAsync(file, ArtifactFormats.Mask, Token)).ShouldBe(first);

        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public async Task Many_who_store_the_same_bytes_at_once_all_succeed()
    {
        var content = new byte[300_000];
        new Random(3).NextBytes(content);

        var references = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StoreAsync(content)));

        references.Distinct().Count().ShouldBe(1);
        references[0].Digest.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        (await File.ReadAllBytesAsync(await Store.FetchAsync(references[0], Token), Token)).ShouldBe(content);
    }

    [Fact]
    public async Task A_missing_artifact_is_a_failure_with_a_reason()
    {
        var missing = new ArtifactRef(new string('0', 64), 5, ArtifactFormats.Safetensors);

        var failure = (await Should.ThrowAsync<DomainException>(() => Store.FetchAsync(missing, Token))).Failure;

        failure.Code.ShouldBe(FailureCodes.MissingArtifact);
        failure.Reason.ShouldContain(missing.Digest);
        (await Store.ExistsAsync(missing.Digest, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_reference_with_another_size_is_corrupt()
    {
        var artifact = await StoreAsync("abc"u8);

        (await Should.ThrowAsync<DomainException>(() => Store.FetchAsync(artifact with { SizeBytes = 4 }, Token)))
            .Failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public async Task What_is_no_digest_is_refused(string digest)
    {
        await Should.ThrowAsync<DomainException>(() => Store.ExistsAsync(digest, Token));
        await Should.ThrowAsync<DomainException>(() => Store.FetchAsync(new ArtifactRef(digest, 1, ArtifactFormats.Mask), Token));
    }

    [Fact]
    public async Task A_deleted_artifact_is_missing_until_it_is_stored_again()
    {
        var artifact = await StoreAsync("abc"u8);

        await Store.DeleteAsync(artifact.Digest, Token);
        await Store.DeleteAsync(artifact.Digest, Token);

        (await Should.ThrowAsync<DomainException>(() => Store.FetchAsync(artifact, Token))).Failure.Code.ShouldBe(FailureCodes.MissingArtifact);
        (await StoreAsync("abc"u8)).ShouldBe(artifact);
        (await Store.ExistsAsync(artifact.Digest, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_that_does_not_exist_cannot_be_stored() =>
        (await Should.ThrowAsync<FileNotFoundException>(() => Store.StoreAsync("/nowhere/file", ArtifactFormats.Mask, Token))).Message.ShouldContain("/nowhere/file");

    [Fact]
    public void Temporary_paths_are_distinct_and_free()
    {
        string[] paths = [Store.CreateTemporaryPath(), Store.CreateTemporaryPath()];

        paths[0].ShouldNotBe(paths[1]);
        paths.ShouldAllBe(p => !File.Exists(p) && Directory.Exists(Path.GetDirectoryName(p)));
    }

    protected Task<ArtifactRef> StoreAsync(ReadOnlySpan<byte> content) => Store.StoreAsync(NewFile(content), ArtifactFormats.Mask, Token);

    protected string NewFile(ReadOnlySpan<byte> content)
    {
        var path = Store.CreateTemporaryPath();
        File.WriteAllBytes(path, content);
        return path;
    }
}
