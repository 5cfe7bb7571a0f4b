using System.Globalization;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;
using static SparsePipeline.Gateway.Tests.TestGateway;

namespace SparsePipeline.Gateway.Tests.Serve;

/// <summary>Two gateways with workers on one store, one of them killed -9 at a random moment of each publication: nothing is lost and nothing happens twice.</summary>
public sealed class KillTests : IDisposable
{
    private const string Cut =
        """
        name: cut
        workflow: prune-only
        model: { name: mlp, options: { hidden: [16] } }
        data: { name: digits, limit: 200 }
        pretraining: { epochs: 0 }
        sparsification: { sparsity: 0.5 }
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "EndToEnd")]
    public Task Five_kills_lose_nothing_and_do_nothing_twice() => KillAsync(seed: 20, kills: 5);

    [Fact(Explicit = true)]
    [Trait("Category", "GatewayKills")]
    [Patience(seconds: 7200)]
    public Task A_hundred_kills_lose_nothing_and_do_nothing_twice() => KillAsync(Setting("CHAOS_SEED", 20), Setting("CHAOS_FAULTS", 100));

    private async Task KillAsync(int seed, int kills)
    {
        var store = _folder.File("store");
        var token = await ServeProcess.KeyAsync(store, AccessRoles.Operator);
        await using var replicas = new KilledReplicas(store, token, new Random(seed));
        await replicas.StartAsync();
        using (var first = replicas.Client())
            (await StoreRecipeAsync(first, "cut", Cut)).IsSuccessStatusCode.ShouldBeTrue();

        for (var kill = 0; kill < kills; kill++)
            await replicas.PublishAndKillAsync(kill, _folder);

        using var client = replicas.Client();
        var runs = new List<string>();
        foreach (var eventKey in replicas.Accepted)
        {
            var ended = await EndAsync(client, eventKey);
            ended.GetProperty("state").GetString().ShouldBe(EventStates.Dispatched, ended.ToString());
            runs.Add(ended.GetProperty("outcomes").EnumerateArray().ShouldHaveSingleItem().GetProperty("runId").GetString()!);
        }
        runs.Distinct(StringComparer.Ordinal).Count().ShouldBe(kills, "every network has a run of its own");
        Directory.GetFiles(Path.Combine(store, "events"), "*.json").Length.ShouldBe(kills, "an event that was repeated is one");
        Directory.GetDirectories(Path.Combine(store, "runs")).Count(d => Path.GetFileName(d).StartsWith("cut-", StringComparison.Ordinal)).ShouldBe(kills, "and so is its run");
        while (Directory.GetFiles(Path.Combine(store, "events", "pending")).Length > 0)
            await Task.Delay(100, Token);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"seed {seed}: {kills} kills, {replicas.CutOff} of them before the publisher was answered; {kills} events and {kills} runs, none lost, none twice"));
    }

    private static int Setting(string name, int standard) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;
}
