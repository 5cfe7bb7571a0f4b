using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Broker;

/// <summary>A broker that nobody else uses, so that it may be killed: started when the first test asks, as an assembly fixture.</summary>
public sealed class OwnBroker : IAsyncDisposable
{
    private readonly Lazy<Task<BrokerProcess>> _process = new(() => BrokerProcess.StartAsync(prepare: null, CancellationToken.None));
    private readonly HttpClient _management = new();

    /// <summary>How it is reached; skips the test when there is none.</summary>
    public async Task<BrokerAddress> AddressAsync() => (await _process.Value).Address;

    /// <summary>Where it listens.</summary>
    public async Task<IPEndPoint> EndpointAsync() => new(IPAddress.Loopback, (await AddressAsync()).Port);

    /// <summary>How a client of this suite reaches a virtual host.</summary>
    public async Task<ConnectionFactory> ConnectAsync(string virtualHost)
    {
        var address = await AddressAsync();
        return new ConnectionFactory
        {
            HostName = "127.0.0.1",
            Port = address.Port,
            UserName = address.User,
            Password = address.Password,
            VirtualHost = virtualHost,
            AutomaticRecoveryEnabled = false,
        };
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync() => await (await _process.Value).KillAsync(CancellationToken.None);

    /// <summary>Starts it again on the same port with what its durable queues held.</summary>
    public async Task StartAgainAsync() => await (await _process.Value).StartAgainAsync(CancellationToken.None);

    /// <summary>Messages per queue, delivered but unacknowledged ones included. The broker refreshes these numbers every few seconds.</summary>
    public async Task<IReadOnlyDictionary<string, int>> DepthsAsync(string virtualHost)
    {
        using var answer = await AskAsync(HttpMethod.Get, $"queues/{virtualHost}");
        var queues = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return queues.EnumerateArray().ToDictionary(
            q => q.GetProperty("name").GetString()!, q => q.TryGetProperty("messages", out var m) ? m.GetInt32() : 0);
    }

    /// <summary>Empties a queue of messages that wait; what is delivered already stays with its consumer.</summary>
    public async Task PurgeAsync(string virtualHost, string queue) =>
        (await AskAsync(HttpMethod.Delete, $"queues/{virtualHost}/{queue}/contents")).Dispose();

    public async ValueTask DisposeAsync()
    {
        _management.Dispose();
        if (_process.IsValueCreated && _process.Value.IsCompletedSuccessfully)
            await (await _process.Value).DisposeAsync();
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path)
    {
        var address = await AddressAsync();
        using var request = new HttpRequestMessage(method, new Uri(address.Management, "/api/" + path));
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{address.User}:{address.Password}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        var answer = await _management.SendAsync(request);
        return answer.EnsureSuccessStatusCode();
    }
}
