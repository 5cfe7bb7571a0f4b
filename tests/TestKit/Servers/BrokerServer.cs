using Testcontainers.RabbitMq;

namespace SparsePipeline.TestKit.Servers;

/// <summary>
/// The broker of a test process, started when the first test asks: the one <see cref="BrokerAddress.Variable"/> names, else a container where
/// an engine and the image are at hand, else a child process. An assembly fixture: <c>[assembly: AssemblyFixture(typeof(BrokerServer))]</c>.
/// </summary>
public sealed class BrokerServer : IAsyncDisposable
{
    private const string Image = "rabbitmq:4.2-management";
    private const int ManagementPort = 15672;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly Lazy<Task<BrokerAddress>> _address;
    private RabbitMqContainer? _container;
    private BrokerProcess? _process;

    public BrokerServer() => _address = new(StartAsync);

    /// <summary>How it is reached; skips the test when there is no broker.</summary>
    public Task<BrokerAddress> AddressAsync() => _address.Value;

    /// <summary>A virtual host for one test; skips the test when there is no broker.</summary>
    public async Task<BrokerVirtualHost> CreateVirtualHostAsync(CancellationToken cancellationToken) =>
        await BrokerVirtualHost.CreateAsync(await AddressAsync(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
            await _container.DisposeAsync();
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private async Task<BrokerAddress> StartAsync()
    {
        if (BrokerAddress.FromEnvironment() is { } given)
            return given;
        if (await ContainerEngine.HasImageAsync(Image, CancellationToken.None))
            return await StartContainerAsync();
        _process = await BrokerProcess.StartAsync(prepare: null, CancellationToken.None);
        return _process.Address;
    }

    private async Task<BrokerAddress> StartContainerAsync()
    {
        _container = new RabbitMqBuilder(Image).WithPortBinding(ManagementPort, assignRandomHostPort: true).Build();
        using var end = new CancellationTokenSource(Patience);
        await _container.StartAsync(end.Token);
        var uri = new Uri(_container.GetConnectionString());
        var user = uri.UserInfo.Split(':');
        var management = new UriBuilder("http", uri.Host, _container.GetMappedPublicPort(ManagementPort)).Uri;
        return new(uri.Host, uri.Port, user[0], user[1], management);
    }
}
