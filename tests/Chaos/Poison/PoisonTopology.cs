using SparsePipeline.Chaos.Broker;
using SparsePipeline.Chaos.Processes;
using SparsePipeline.Chaos.Suite;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Poison;

/// <summary>One topology for all poison: whoever swallows some must go on working for the next.</summary>
public sealed class PoisonTopology(OwnBroker broker, ObjectStoreServer store) : IAsyncLifetime
{
    private static readonly ReplicaPlan[] Replicas =
        [.. ReplicaPlan.Usual.Where(r => !r.HasOwnClock)];

    private readonly SuiteFolder _folder = new("poison");

    internal Topology Topology { get; private set; } = null!;

    internal string Folder => _folder.Path;

    public async ValueTask InitializeAsync() =>
        Topology = await Topology.StartAsync(new ChaosServers(broker, store), Path.Combine(Folder, "topology"), Replicas, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (Topology is not null)
            await Topology.DisposeAsync();
        await _folder.DisposeAsync();
    }
}
