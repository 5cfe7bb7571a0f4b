using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Tests.Serve;
using SparsePipeline.Infrastructure.Access;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Distributed;

/// <summary>The service in a process of its own, on a real broker and a real bucket.</summary>
[Trait("Category", "EndToEnd")]
public sealed class DistributedGatewayTests(BrokerServer brokers, ObjectStoreServer stores) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_checkpoint_that_is_published_starts_a_run_whose_documents_are_in_the_bucket()
    {
        await using var broker = await brokers.CreateVirtualHostAsync(Token);
        await using var bucket = await stores.CreateBucketAsync(Token);
        var settings = new Dictionary<string, string?>(broker.Settings.Concat(bucket.Settings), StringComparer.Ordinal) { ["Store:Folder"] = _folder.File("cache"), ["Gateway:HttpPort"] = $"{FreePort.Next()}" };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        await using var services = new ServiceCollection().AddLogging().AddSparsePipelineOptions(configuration).AddStores().BuildServiceProvider();
        var (_, token) = await services.GetRequiredService<AccessKeys>().CreateAsync(new NewKey(AccessRoles.Operator), Token);
        using var process = Start(settings);
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{settings["Gateway:HttpPort"]}") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            await ReadyAsync(client);
            (await StoreRecipeAsync(client, "small", TestGateway.Recipe)).IsSuccessStatusCode.ShouldBeTrue();
            var checkpoint = await Scripts.UploadAsync(client, Network(1).Save(_folder.File("net.safetensors")));
            var published = await BodyAsync(await PublishAsync(client, Event("1", new { model = "digits", checkpoint, recipe = "small" })));

            var ended = await EndAsync(client, published.GetProperty("eventKey").GetString()!);

            ended.GetProperty("state").GetString().ShouldBe(EventStates.Dispatched, ended.ToString());
            var runId = ended.GetProperty("outcomes")[0].GetProperty("runId").GetString();
            (await bucket.KeysAsync(Token)).ShouldContain($"runs/active/{runId}.json");
            (await BodyAsync(await client.GetAsync("/v1/events?limit=1", Token))).GetProperty("items").GetArrayLength().ShouldBe(1);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        while (true)
        {
            try
            {
                if ((await client.GetAsync("/health/ready", Token)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(100, Token);
        }
    }

    private static Process Start(Dictionary<string, string?> settings)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SparsePipeline.Gateway")) { UseShellExecute = false };
        foreach (var (key, value) in settings)
            start.Environment["SPARSEPIPELINE_" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Process.Start(start)!;
    }
}
