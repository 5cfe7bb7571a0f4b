using System.Diagnostics;

namespace SparsePipeline.TestKit.Servers;

/// <summary>A broker of the test's own as a child process, which can be killed and started again. It ends with the test process, however that ends.</summary>
public sealed class BrokerProcess : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(RepositoryFolder.Path, "infra", "local", "broker.sh");
    private readonly Dictionary<string, string> _environment;

    private BrokerProcess(string home)
    {
        Home = home;
        _environment = new(StringComparer.Ordinal)
        {
            ["BROKER_HOME"] = home,
            ["BROKER_PARENT"] = Process.GetCurrentProcess().Id.ToString(),
            ["BROKER_EPHEMERAL"] = "1",
        };
    }

    /// <summary>Why none can be started here; null when one can.</summary>
    public static string? Missing => File.Exists("/usr/lib/rabbitmq/bin/rabbitmq-server") || InPath("rabbitmq-server")
        ? null
        : $"no rabbitmq-server is installed (infra/local/broker.sh install) and {BrokerAddress.Variable} names no broker";

    /// <summary>Folder with its data, log and password.</summary>
    public string Home { get; }

    /// <summary>How it is reached without TLS.</summary>
    public BrokerAddress Address { get; private set; } = null!;

    /// <summary>Port with TLS; serves only when there were certificates at the start.</summary>
    public int TlsPort { get; private set; }

    /// <summary>Starts one in a new folder.</summary>
    /// <param name="prepare">Puts more into the folder before the start, certificates for example.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<BrokerProcess> StartAsync(Action<string>? prepare, CancellationToken cancellationToken)
    {
        if (Missing is { } reason)
            MissingServer.Skip(reason);
        var broker = new BrokerProcess(Directory.CreateTempSubdirectory("sparsepipeline-broker-").FullName);
        try
        {
            prepare?.Invoke(broker.Home);
            await broker.StartAgainAsync(cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, with the same ports and data.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await LocalScript.RunAsync(Script, "start", _environment, cancellationToken);
        var ports = (await File.ReadAllLinesAsync(Path.Combine(Home, "ports"), cancellationToken))
            .Select(line => line.Split('=')).ToDictionary(parts => parts[0], parts => int.Parse(parts[1]), StringComparer.Ordinal);
        var password = await File.ReadAllTextAsync(Path.Combine(Home, "password"), cancellationToken);
        Address = new("localhost", ports["amqp"], "sparsepipeline", password, new Uri($"http://localhost:{ports["management"]}"));
        TlsPort = ports["amqps"];
    }

    /// <summary>Kills it as a crash would.</summary>
    public Task KillAsync(CancellationToken cancellationToken) => LocalScript.RunAsync(Script, "kill", _environment, cancellationToken);

    /// <summary>Kills it and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync(CancellationToken.None);
        Directory.Delete(Home, recursive: true);
    }

    private static bool InPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
