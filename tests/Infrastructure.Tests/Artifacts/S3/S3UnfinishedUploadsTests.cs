using SparsePipeline.Infrastructure.Artifacts.S3;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

public sealed class S3UnfinishedUploadsTests(ObjectStoreServer server) : BucketTests(server)
{
    [Fact]
    public async Task Old_unfinished_uploads_of_others_are_counted_then_aborted_and_young_ones_stay()
    {
        await Bucket.BeginUploadAsync("objects/left", Token);
        var uploads = new S3UnfinishedUploads(Open().Bucket);
        var (old, young) = (DateTimeOffset.UtcNow.AddHours(1), DateTimeOffset.UtcNow.AddHours(-1));

        (await uploads.AbortAsync(young, dryRun: false, Token)).ShouldBe(0);
        (await uploads.AbortAsync(old, dryRun: true, Token)).ShouldBe(1);
        (await uploads.AbortAsync(old, dryRun: false, Token)).ShouldBe(1);

        (await uploads.AbortAsync(old, dryRun: false, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Storing_leaves_none_even_when_it_is_cut_off()
    {
        await using var proxy = new TcpProxy(Bucket.Address.Endpoint, _ => new(RequestBytes: 8_000_000));
        var store = Open(o => (o.Endpoint, o.Retries) = (proxy.Endpoint, 0));
        await Should.ThrowAsync<Infrastructure.Artifacts.StoreUnavailableException>(() => StoreAsync(store, Noise(16_000_000)));

        (await new S3UnfinishedUploads(Open().Bucket).AbortAsync(DateTimeOffset.UtcNow.AddHours(1), dryRun: true, Token)).ShouldBe(0);
    }
}
