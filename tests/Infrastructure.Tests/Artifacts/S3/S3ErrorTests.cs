using System.Net;
using System.Net.Sockets;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

/// <summary>Each way a bucket can be unusable says which setting to look at.</summary>
public sealed class S3ErrorTests(ObjectStoreServer server) : BucketTests(server)
{
    [Fact]
    public async Task A_wrong_secret_key() => (await MessageAsync(o => o.SecretKey = "wrong")).ShouldContain("S3:SecretKeyFile");

    [Fact]
    public async Task An_unknown_access_key() => (await MessageAsync(o => o.AccessKey = "nobody")).ShouldContain("S3:AccessKeyFile");

    [Fact]
    public async Task A_missing_bucket() => (await MessageAsync(o => o.Bucket = "nowhere")).ShouldContain("Create the bucket 'nowhere' or name another (S3:Bucket).");

    [Fact]
    public async Task A_server_that_is_down()
    {
        var message = await MessageAsync(o => (o.Endpoint, o.Retries) = ($"http://127.0.0.1:{FreePort()}", 1));

        message.ShouldContain("Connection refused");
        message.ShouldContain("S3:Endpoint");
    }

    [Fact]
    public async Task Keys_are_never_in_a_message() =>
        (await MessageAsync(o => o.SecretKey = "very-secret-indeed")).ShouldNotContain("very-secret-indeed");

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

    private async Task<string> MessageAsync(Action<S3Options> change)
    {
        var store = Open(change);
        string[] messages =
        [
            (await Should.ThrowAsync<StoreUnavailableException>(() => store.Objects.ReadAsync("a.json", Token))).Message,
            (await Should.ThrowAsync<StoreUnavailableException>(() => store.Objects.WriteAsync("a.json", new byte[1], Token))).Message,
            (await Should.ThrowAsync<StoreUnavailableException>(() => StoreAsync(store, Noise(2_000_000)))).Message,
            (await Should.ThrowAsync<StoreUnavailableException>(async () => await store.Objects.ListAsync("", Token).GetAsyncEnumerator(Token).MoveNextAsync())).Message,
        ];
        return string.Join('\n', messages);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
