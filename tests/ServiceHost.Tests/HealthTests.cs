using System.Net;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>What a service says of itself while its surroundings come and go.</summary>
public sealed class HealthTests(BrokerServer server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_broker_that_dies_makes_a_service_unready_but_not_dead_and_its_return_makes_it_ready()
    {
        await using var broker = await BrokerProcess.StartAsync(prepare: null, Token);
        await using var host = await BrokerVirtualHost.CreateAsync(broker.Address, Token);
        await using var pruner = new ServiceProcess("Pruner", Settings(host));
        await pruner.WaitUntilReadyAsync();

        await broker.KillAsync(Token);
        var health = await pruner.WaitForReadinessAsync((status, _) => status == HttpStatusCode.ServiceUnavailable);
        var live = await pruner.GetAsync("/health/live");
        await broker.StartAgainAsync(Token);

        health.GetProperty("checks").GetProperty("bus").GetString().ShouldNotBeNull().ShouldContain("the service connects by itself then");
        live.ShouldNotBeNull().Status.ShouldBe(HttpStatusCode.OK);
        await pruner.WaitUntilReadyAsync();
        (await pruner.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_store_that_is_away_makes_a_service_unready_and_is_named()
    {
        await using var store = await ObjectStoreProcess.StartAsync(durable: false, Token);
        await using var bucket = await ObjectStoreBucket.CreateAsync(store.Address, Token);
        await using var host = await server.CreateVirtualHostAsync(Token);
        await using var pruner = new ServiceProcess("Pruner", Settings(host, bucket.Settings));
        await pruner.WaitUntilReadyAsync();

        await store.KillAsync(Token);
        var health = await pruner.WaitForReadinessAsync((status, _) => status == HttpStatusCode.ServiceUnavailable);

        health.GetProperty("checks").GetProperty("bus").GetString().ShouldBe("ready");
        health.GetProperty("checks").GetProperty("store").GetString().ShouldNotBeNull().ShouldContain(new Uri(bucket.Settings["S3:Endpoint"]!).Authority);
        (await pruner.TerminateAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_runner_that_is_gone_makes_a_trainer_unready()
    {
        var runner = _folder.File("runner");
        File.WriteAllText(runner, "");
        File.SetUnixFileMode(runner, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var host = await server.CreateVirtualHostAsync(Token);
        await using var trainer = new ServiceProcess("Trainer", Settings(host, new Dictionary<string, string?> { ["Runners:Path"] = runner }));
        await trainer.WaitUntilReadyAsync();

        File.Delete(runner);
        var health = await trainer.WaitForReadinessAsync((status, _) => status == HttpStatusCode.ServiceUnavailable);

        health.GetProperty("checks").GetProperty("runner").GetString().ShouldNotBeNull().ShouldContain($"There is no runner executable '{runner}': set Runners:Path");
    }

    private Dictionary<string, string?> Settings(BrokerVirtualHost host, IReadOnlyDictionary<string, string?>? more = null)
    {
        var settings = new Dictionary<string, string?>(host.Settings, StringComparer.Ordinal) { ["Store:Folder"] = _folder.File("store") };
        foreach (var (key, value) in more ?? new Dictionary<string, string?>())
            settings[key] = value;
        return settings;
    }
}
