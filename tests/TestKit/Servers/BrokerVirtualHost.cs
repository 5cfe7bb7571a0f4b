using System.Text.Json;

namespace SparsePipeline.TestKit.Servers;

/// <summary>A virtual host that belongs to one test and goes with it.</summary>
public sealed class BrokerVirtualHost : IAsyncDisposable
{
    private readonly BrokerManagement _management;

    private BrokerVirtualHost(BrokerAddress address, string name)
    {
        (Address, Name) = (address, name);
        _management = new BrokerManagement(address);
    }

    /// <summary>The broker.</summary>
    public BrokerAddress Address { get; }

    /// <summary>Name of the virtual host.</summary>
    public string Name { get; }

    /// <summary>For a client of the test's own.</summary>
    public Uri Uri => new(
        $"amqp://{Uri.EscapeDataString(Address.User)}:{Uri.EscapeDataString(Address.Password)}@{Address.Host}:{Address.Port}/{Name}");

    /// <summary>Settings that put a service on it: <c>Bus:Transport</c> and <c>RabbitMq:…</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Bus:Transport"] = "rabbitmq",
        ["RabbitMq:Host"] = Address.Host,
        ["RabbitMq:Port"] = Address.Port.ToString(),
        ["RabbitMq:VirtualHost"] = Name,
        ["RabbitMq:Username"] = Address.User,
        ["RabbitMq:Password"] = Address.Password,
    };

    /// <summary>The same settings for the environment of a process.</summary>
    public IReadOnlyDictionary<string, string> Environment => Settings.ToDictionary(
        setting => "SPARSEPIPELINE_" + setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!, StringComparer.Ordinal);

    /// <summary>Makes one with a name of its own.</summary>
    public static async Task<BrokerVirtualHost> CreateAsync(BrokerAddress address, CancellationToken cancellationToken)
    {
        var host = new BrokerVirtualHost(address, $"test-{Guid.NewGuid():n}");
        await host._management.PutAsync("vhosts/" + host.Name, new { }, cancellationToken);
        return host;
    }

    /// <summary>What the management interface says of it: <c>queues</c>, <c>exchanges</c>, <c>bindings</c>.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string what, CancellationToken cancellationToken) =>
        [.. (await _management.GetAsync($"{what}/{Name}", cancellationToken)).EnumerateArray()];

    /// <summary>Throws every message of a queue away that nobody has received yet.</summary>
    public Task PurgeAsync(string queue, CancellationToken cancellationToken) =>
        _management.DeleteAsync($"queues/{Name}/{queue}/contents", cancellationToken);

    /// <summary>Removes it with all its queues from a broker that outlives the tests; another one takes it along when it goes.</summary>
    /// <remarks>
    /// Where it can be left, it is: RabbitMQ 3.10 starts what moves dead letters after a queue, and when the queue is deleted meanwhile, it stops
    /// moving them for all queues and refuses new ones until the broker is started again.
    /// </remarks>
    public async ValueTask DisposeAsync()
    {
        if (Address.OutlivesTests)
            await DeleteAsync();
        _management.Dispose();
    }

    private async Task DeleteAsync()
    {
        try
        {
            await _management.DeleteAsync("vhosts/" + Name, CancellationToken.None);
        }
        catch (HttpRequestException)
        {
            // Gone with its broker.
        }
    }
}
