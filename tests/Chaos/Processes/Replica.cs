using System.Net;
using SparsePipeline.Chaos.Broker;
using SparsePipeline.Chaos.Store;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Processes;

/// <summary>One replica of a service with its own ways to store and broker, its own disk and its own clock.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Uri _ready;

    private Replica(ReplicaPlan plan, string folder, StoreProxy store, BrokerProxy broker, IReadOnlyDictionary<string, string> settings)
    {
        Name = plan.Name;
        (Store, Broker) = (store, broker);
        Folder = new ReplicaFolder(Path.Combine(folder, plan.Name));
        if (plan.HasOwnClock && ReplicaClock.IsAvailable)
            Clock = new ReplicaClock(Path.Combine(folder, plan.Name + ".clock"));
        var port = FreePort.Next();
        _ready = new Uri($"http://127.0.0.1:{port}/health/ready");
        var environment = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        foreach (var (key, value) in plan.Settings)
            environment["SPARSEPIPELINE_" + key] = value;
        environment["SPARSEPIPELINE_Store__Folder"] = Folder.Path;
        environment["SPARSEPIPELINE_S3__Endpoint"] = store.Address.GetLeftPart(UriPartial.Authority);
        environment["SPARSEPIPELINE_RabbitMq__Port"] = broker.Port.ToString();
        environment["SPARSEPIPELINE_Hosting__HttpPort"] = port.ToString();
        foreach (var (key, value) in Clock?.Environment() ?? [])
            environment[key] = value;
        Process = new ServiceProcess(plan.Name, plan.Program, environment, Path.Combine(folder, plan.Name + ".log"));
    }

    public string Name { get; }

    public StoreProxy Store { get; }

    public BrokerProxy Broker { get; }

    public ReplicaFolder Folder { get; }

    /// <summary>Null when it has the time everybody has.</summary>
    public ReplicaClock? Clock { get; }

    public ServiceProcess Process { get; }

    /// <summary>Sees what the store has done for this replica before the replica hears of it; true swallows the answer.</summary>
    public Func<StoreRequest, Task<bool>>? StoreObeyed { get; set; }

    /// <summary>Prepares a replica; its process is not started.</summary>
    public static async Task<Replica> CreateAsync(
        ReplicaPlan plan, string folder, Uri store, IPEndPoint broker, IReadOnlyDictionary<string, string> settings)
    {
        var proxy = new StoreProxy(store);
        await proxy.ListenAsync();
        return new Replica(plan, folder, proxy, new BrokerProxy(broker), settings);
    }

    /// <summary>Waits until the process says that it is ready; throws with the end of its log when it has ended instead.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        while (!await IsReadyAsync(cancellationToken))
        {
            if (!Process.IsRunning)
                throw new InvalidOperationException($"{Name} ended: {string.Join('\n', File.ReadLines(Process.Log).TakeLast(20))}");
            await Task.Delay(100, cancellationToken);
        }
    }

    /// <summary>Nobody waits for a certain moment of this replica any more.</summary>
    public void Disarm()
    {
        Store.Arriving = null;
        Broker.Asking = null;
        StoreObeyed = null;
    }

    public async ValueTask DisposeAsync()
    {
        Process.Dispose();
        await Store.DisposeAsync();
        await Broker.DisposeAsync();
        Folder.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(_ready, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
