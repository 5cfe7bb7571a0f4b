using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

/// <summary>Each way a bucket can be unusable says which setting to look at.</summary>
public sealed class S3ErrorTests(ObjectStoreServer server) : BucketTests(server)
{
    [Fact]
    public async Task A_wrong_secret_key() => (await MessagesAsync(o => o.SecretKey = "wrong")).ShouldAllBe(m => m.Contains("S3:SecretKeyFile"));

    [Fact]
    public async Task An_unknown_access_key() => (await MessagesAsync(o => o.AccessKey = "nobody")).ShouldAllBe(m => m.Contains("S3:AccessKeyFile"));

    [Fact]
    public async Task A_missing_bucket() =>
        (await MessagesAsync(o => o.Bucket = "nowhere"))
            .ShouldAllBe(m => m.EndsWith("Create the bucket 'nowhere' or name another (S3:Bucket)."));

    [Fact]
    public async Task A_server_that_is_down()
    {
        var messages = await MessagesAsync(o => (o.Endpoint, o.Retries) = ($"http://127.0.0.1:{FreePort.Next()}", 1));

        messages.ShouldAllBe(m => m.Contains("Connection refused") && m.Contains("S3:Endpoint"));
    }

    [Fact]
    public async Task Keys_are_never_in_a_message() =>
        (await MessagesAsync(o => o.SecretKey = "very-secret-indeed")).ShouldAllBe(m => !m.Contains("very-secret"));

    [Fact]
    public async Task A_claim_of_ten_gigabytes_is_refused_before_anything_moves()
    {
        var store = Open();
        var claim = new ArtifactRef(new string('1', 64), 10_000_000_000, ArtifactFormats.Safetensors);

        var failure = (await Should.ThrowAsync<DomainException>(() => store.Artifacts.FetchAsync(claim, Token))).Failure;

        failure.Code.ShouldBe(FailureCodes.TooLarge);
        failure.Reason.ShouldContain("has 10000000000 bytes; at most 5368709120 are allowed (S3:MaxArtifactBytes)");
        Directory.Exists(store.Folder.Root).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_left_where_it_is()
    {
        var store = Open(o => o.MaxArtifactBytes = 10);
        var file = store.NewFile(new byte[11]);

        (await Should.ThrowAsync<DomainException>(() => store.Artifacts.StoreAsync(file, "mask", Token))).Failure.Code.ShouldBe(FailureCodes.TooLarge);

        File.Exists(file).ShouldBeTrue();
    }

    private async Task<IEnumerable<string>> MessagesAsync(Action<S3Options> change)
    {
        var store = Open(change);
        Func<Task>[] operations =
        [
            () => store.Objects.ReadAsync("a.json", Token),
            () => store.Objects.WriteAsync("a.json", new byte[1], Token),
            () => StoreAsync(store, Noise(2_000_000)),
            async () => await store.Objects.ListAsync("", Token).GetAsyncEnumerator(Token).MoveNextAsync(),
        ];
        var messages = await Task.WhenAll(operations.Select(o => Should.ThrowAsync<StoreUnavailableException>(o)));
        return messages.Select(m => m.Message);
    }
}
