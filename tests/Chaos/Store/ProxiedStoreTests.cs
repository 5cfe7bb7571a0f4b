using SparsePipeline.Chaos.Processes;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Store;

/// <summary>The proxy changes nothing that the product's own client can tell.</summary>
[Trait("Category", "Chaos")]
public sealed class ProxiedStoreTests(ObjectStoreServer server)
{
    [Fact]
    public async Task Documents_are_created_replaced_and_refused_through_the_proxy_as_they_are_without()
    {
        await using var bucket = await server.CreateBucketAsync(TestContext.Current.CancellationToken);
        await using var proxy = new StoreProxy(bucket.Address.Endpoint);
        await proxy.ListenAsync();
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string>(bucket.Environment) { ["SPARSEPIPELINE_S3__Endpoint"] = proxy.Address.ToString() };
        using var client = new RunClient(settings, folder.Path, bus: null!);
        var store = client.Get<IObjectStore>();

        (await store.TryCreateAsync("steps/ab/claim.json", "{}"u8.ToArray(), CancellationToken.None)).ShouldBeTrue();
        (await store.TryCreateAsync("steps/ab/claim.json", "{}"u8.ToArray(), CancellationToken.None)).ShouldBeFalse();
        var version = (await store.ReadAsync("steps/ab/claim.json", CancellationToken.None))!.Version;
        var next = await store.TryReplaceAsync("steps/ab/claim.json", "[1]"u8.ToArray(), version, CancellationToken.None);
        next.ShouldNotBeNull();
        (await store.TryReplaceAsync("steps/ab/claim.json", "[2]"u8.ToArray(), version, CancellationToken.None)).ShouldBeNull();
        (await store.TryReplaceAsync("steps/ab/claim.json", "[2]"u8.ToArray(), next, CancellationToken.None)).ShouldNotBeNull();
        proxy.Requests.ShouldBeGreaterThan(0);
    }
}
