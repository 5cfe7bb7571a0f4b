using System.Text.Json;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.EndToEnd.Distributed;

/// <summary>The services as processes of their own, two of them trainers, on a virtual host and in a bucket of a test class's own.</summary>
public sealed class Topology(BrokerServer brokers, ObjectStoreServer stores) : IAsyncLifetime
{
    private const string Profile = "test";
    private static readonly string[] Services = ["Trainer", "Trainer", "Pruner", "Souper", "Evaluator"];
    private readonly List<RunProcess> _services = [];
    private BrokerVirtualHost? _host;
    private ObjectStoreBucket? _bucket;

    /// <summary>A folder for recipes and whatever else a test needs.</summary>
    public TemporaryFolder Folder { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _host = await brokers.CreateVirtualHostAsync(cancellationToken);
        _bucket = await stores.CreateBucketAsync(cancellationToken);
        Dictionary<string, string?> profile = new([.. _host.Settings, .. _bucket.Settings, new("Store:Folder", Folder.File("client"))]);
        await File.WriteAllTextAsync(Folder.File($"{Profile}.settings.json"), JsonSerializer.Serialize(profile), cancellationToken);
        using (var topology = Sparsepipe("topology"))
            (await topology.EndAsync()).ShouldBe(0);
        foreach (var service in Services)
            _services.Add(Start(service, Folder.File($"{service}-{_services.Count}.log")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
            service.Dispose();
        if (_bucket is not null)
            await _bucket.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>A command line on this topology.</summary>
    internal RunProcess Sparsepipe(params string[] arguments) => RunProcess.Start(
        "SparsePipeline.Cli", [.. arguments, "--profile", Profile],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["SPARSEPIPELINE_PROFILES"] = Folder.File("") });

    /// <summary>The JSON a command line answers with.</summary>
    internal async Task<JsonElement> AnswerAsync(params string[] arguments)
    {
        using var command = Sparsepipe([.. arguments, "--json"]);
        await command.EndAsync();
        return JsonSerializer.Deserialize<JsonElement>(string.Join('\n', command.Lines));
    }

    // A log of its own: among the lines of the tests nobody would find anything.
    private RunProcess Start(string service, string log) => RunProcess.Start(
        "/bin/sh", ["-c", "exec \"$0\" > \"$1\" 2>&1", Beside("SparsePipeline." + service), log], ServiceEnvironment());

    private static string Beside(string program) => Path.Combine(AppContext.BaseDirectory, program);

    private Dictionary<string, string> ServiceEnvironment() => new([.. _host!.Environment, .. _bucket!.Environment], StringComparer.Ordinal)
    {
        ["SPARSEPIPELINE_Store__Folder"] = Folder.File("copies"),
        ["SPARSEPIPELINE_Runners__Path"] = Beside("SparsePipeline.Runner"),
        ["SPARSEPIPELINE_Runners__Count"] = "1",
        // A cancellation is noticed with the heartbeat, and what was stopped may go on when the lease has run out.
        ["SPARSEPIPELINE_Claims__HeartbeatSeconds"] = "0.3",
        ["SPARSEPIPELINE_Claims__LeaseSeconds"] = "5",
    };
}
