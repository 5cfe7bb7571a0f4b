using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

[Collection(nameof(MeasuredAlone))]
public sealed class S3MemoryTests(ObjectStoreServer server) : BucketTests(server)
{
    [Fact]
    public async Task Memory_does_not_grow_with_the_blob()
    {
        const int Megabytes = 64;
        var store = Open();
        var file = store.Artifacts.CreateTemporaryPath();
        await using (var stream = File.Create(file))
        {
            for (var i = 0; i < Megabytes; i++)
                await stream.WriteAsync(new byte[1024 * 1024], Token);
        }
        var before = GC.GetTotalAllocatedBytes();

        var artifact = await store.Artifacts.StoreAsync(file, "mask", Token);
        await Open().Artifacts.FetchAsync(artifact, Token);

        // Far less than the blob once, though it went both ways.
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(Megabytes * 1024 * 1024 / 2);
    }
}
