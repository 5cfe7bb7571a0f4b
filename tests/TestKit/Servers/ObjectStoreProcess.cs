namespace SparsePipeline.TestKit.Servers;

/// <summary>
/// An S3 server of the test's own as child processes, which can be killed and started again. It ends with the test process, however that ends.
/// </summary>
public sealed class ObjectStoreProcess : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(RepositoryFolder.Path, "infra", "local", "object-store.sh");
    private readonly Dictionary<string, string> _environment;

    private ObjectStoreProcess(string home, bool durable)
    {
        Home = home;
        _environment = new(StringComparer.Ordinal)
        {
            ["OBJECT_STORE_HOME"] = home,
            ["OBJECT_STORE_KIND"] = durable ? "bluestore" : "memstore",
            ["OBJECT_STORE_PARENT"] = Environment.ProcessId.ToString(),
            ["OBJECT_STORE_EPHEMERAL"] = "1",
        };
    }

    /// <summary>Why none can be started here; null when one can.</summary>
    public static string? Missing => File.Exists("/usr/bin/radosgw") && File.Exists("/usr/bin/ceph-osd")
        ? null
        : $"no radosgw is installed (infra/local/object-store.sh install) and {ObjectStoreAddress.Variable} names no S3 server";

    /// <summary>Folder with its data, logs and keys.</summary>
    public string Home { get; }

    /// <summary>How it is reached.</summary>
    public ObjectStoreAddress Address { get; private set; } = null!;

    /// <summary>Starts one in a new folder.</summary>
    /// <param name="durable">Whether what it holds survives <see cref="KillAsync"/>; in memory it is quicker.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<ObjectStoreProcess> StartAsync(bool durable, CancellationToken cancellationToken)
    {
        if (Missing is { } reason)
            MissingServer.Skip(reason);
        var server = new ObjectStoreProcess(Directory.CreateTempSubdirectory("sparsepipeline-s3-").FullName, durable);
        try
        {
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, on the same port.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        await LocalScript.RunAsync(Script, "start", _environment, cancellationToken);
        var port = await File.ReadAllTextAsync(Path.Combine(Home, "port"), cancellationToken);
        Address = new(
            new Uri($"http://127.0.0.1:{port.Trim()}"),
            await File.ReadAllTextAsync(Path.Combine(Home, "access-key"), cancellationToken),
            await File.ReadAllTextAsync(Path.Combine(Home, "secret-key"), cancellationToken));
    }

    /// <summary>Kills it as a power cut would.</summary>
    public Task KillAsync(CancellationToken cancellationToken) => LocalScript.RunAsync(Script, "kill", _environment, cancellationToken);

    /// <summary>Kills it and removes its folder.</summary>
    public async ValueTask DisposeAsync() => await LocalScript.RunAsync(Script, "wipe", _environment, CancellationToken.None);
}
