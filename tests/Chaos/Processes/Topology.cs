using System.Collections.Concurrent;
using SparsePipeline.Chaos.Broker;
using SparsePipeline.Chaos.Invariants;
using SparsePipeline.Chaos.Store;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Processes;

/// <summary>The distributed pipeline as processes, on a virtual host and a bucket of its own.</summary>
internal sealed class Topology : IAsyncDisposable
{
    private readonly BrokerVirtualHost _virtualHost;
    private readonly ObjectStoreBucket _bucket;

    private Topology(OwnBroker broker, BrokerVirtualHost virtualHost, ObjectStoreBucket bucket, BusPublisher bus, string folder)
    {
        (Broker, Bus, _virtualHost, _bucket, Folder) = (broker, bus, virtualHost, bucket, folder);
        Bucket = new BucketView(bucket.Address, bucket.Name);
        Settings = ChaosSettings.Of(virtualHost, bucket);
        Runs = new RunClient(Settings, Path.Combine(folder, "client"), Bus);
        Objects = new WholeObjects(Bucket);
    }

    public OwnBroker Broker { get; }

    public string VirtualHost => _virtualHost.Name;

    /// <summary>Logs and everything the replicas keep.</summary>
    public string Folder { get; }

    public BucketView Bucket { get; }

    public BusPublisher Bus { get; }

    public RunClient Runs { get; }

    /// <summary>Settings the processes share.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Watches every object from the first on.</summary>
    public WholeObjects Objects { get; }

    public StepLedger Ledger { get; } = new();

    public List<Replica> Replicas { get; } = [];

    /// <summary>Runs that lost results, so that somebody has to call for a repair.</summary>
    public ConcurrentDictionary<string, bool> Harmed { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts all replicas and waits until they are ready.</summary>
    public static async Task<Topology> StartAsync(
        ChaosServers servers, string folder, IEnumerable<ReplicaPlan> replicas, CancellationToken cancellationToken)
    {
        var bucket = await servers.Store.CreateBucketAsync(cancellationToken);
        var virtualHost = await BrokerVirtualHost.CreateAsync(await servers.Broker.AddressAsync(), cancellationToken);
        var bus = new BusPublisher(await servers.Broker.ConnectAsync(virtualHost.Name));
        var topology = new Topology(servers.Broker, virtualHost, bucket, bus, Directory.CreateDirectory(folder).FullName);
        try
        {
            foreach (var plan in replicas)
                topology.Add(await Replica.CreateAsync(plan, folder, bucket.Address.Endpoint, await servers.Broker.EndpointAsync(), topology.Settings));
            await topology.StartAsync(cancellationToken);
            return topology;
        }
        catch
        {
            await topology.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts whatever does not run and waits until everything is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var replica in Replicas)
            replica.Process.Start();
        await Task.WhenAll(Replicas.Select(r => r.WaitUntilReadyAsync(cancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas)
            await replica.DisposeAsync();
        await Objects.DisposeAsync();
        Runs.Dispose();
        Bucket.Dispose();
        await _bucket.DisposeAsync();
        await _virtualHost.DisposeAsync();
    }

    private void Add(Replica replica)
    {
        replica.Store.Obeyed = async (request, status) =>
        {
            Ledger.Note(replica.Name, request, status);
            return status is >= 200 and <= 299 && replica.StoreObeyed is { } obeyed && await obeyed(request);
        };
        Replicas.Add(replica);
    }
}
