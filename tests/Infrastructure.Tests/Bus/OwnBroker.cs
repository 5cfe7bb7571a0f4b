using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>A broker that the tests of a class may kill, with a TLS port beside the plain one.</summary>
public sealed class OwnBroker : IAsyncLifetime
{
    private BrokerProcess? _process;

    /// <summary>The broker.</summary>
    public BrokerProcess Process => _process!;

    /// <summary>The authority that signed its certificate.</summary>
    public string AuthorityFile => Path.Combine(Process.Home, "tls", "ca.pem");

    public async ValueTask InitializeAsync() =>
        _process = await BrokerProcess.StartAsync(home => Certificates.Write(Path.Combine(home, "tls")), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
