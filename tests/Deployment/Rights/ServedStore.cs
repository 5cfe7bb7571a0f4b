using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Deployment.Rights;

/// <summary>The object store as its container runs it, with the bucket that infra/object-store sets up.</summary>
public sealed class ServedStore : IAsyncDisposable
{
    public const string Bucket = "sparsepipeline";
    private readonly Lazy<Task> _start;
    private TemporaryFolder? _folder;
    private Secrets? _secrets;
    private ChildProcess? _server;
    private string _endpoint = "";

    public ServedStore() => _start = new(StartAsync);

    internal Secrets Secrets => _secrets!;

    /// <summary>Starts it with the first test that asks; skips the test when there is no server.</summary>
    public Task ReadyAsync() => _start.Value;

    /// <summary>Settings of a service that signs with a user's keys.</summary>
    public Dictionary<string, string> SettingsOf(string user) => new(StringComparer.Ordinal)
    {
        ["Store:Kind"] = "s3",
        ["S3:Endpoint"] = "http://" + _endpoint,
        ["S3:Bucket"] = Bucket,
        ["S3:AccessKeyFile"] = Secrets.PathOf($"store-{user}-access-key"),
        ["S3:SecretKeyFile"] = Secrets.PathOf($"store-{user}-secret-key"),
    };

    /// <summary>A client that signs with a user's keys.</summary>
    internal SignedClient ClientOf(string user) => ClientWith(Secrets.Read($"store-{user}-access-key"), Secrets.Read($"store-{user}-secret-key"));

    /// <summary>A client with keys of its own.</summary>
    internal SignedClient ClientWith(string accessKey, string secretKey) => new(_endpoint, accessKey, secretKey);

    /// <summary>Makes the bucket what it should be.</summary>
    internal Task<ShellScript> PrepareBucketAsync() => ShellScript.RunAsync(
        Repository.File("infra/object-store/bucket.sh"), [], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["STORE_ENDPOINT"] = "http://" + _endpoint,
            ["STORE_BUCKET"] = Bucket,
            ["STORE_SECRETS"] = Secrets.Folder,
        });

    /// <summary>Lets the running server read its users again.</summary>
    internal Task<ShellScript> ApplyUsersAsync() => ShellScript.RunAsync(Repository.File("infra/object-store/serve.sh"), ["users"], Environment);

    private Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["OBJECT_STORE_DATA"] = _folder!.Path,
        ["OBJECT_STORE_LISTEN"] = _endpoint,
        ["OBJECT_STORE_PORTS"] = (int.Parse(_endpoint.Split(':')[1]) + 1).ToString(),
        ["OBJECT_STORE_GB"] = "4",
        ["OBJECT_STORE_USERS"] = Secrets.PathOf("store-users"),
    };

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder?.Dispose();
        _secrets?.Dispose();
    }

    private async Task StartAsync()
    {
        if (ObjectStoreProcess.Missing is { } reason)
            MissingServer.Skip(reason);
        (_folder, _secrets, _endpoint) = (new TemporaryFolder(), await Secrets.CreateAsync(), $"127.0.0.1:{FreePort.NextBlock()}");
        _server = new ChildProcess(Repository.File("infra/object-store/serve.sh"), [], Environment);
        await _server.WaitForAsync("serving S3", TestContext.Current.CancellationToken);
        var prepared = await PrepareBucketAsync();
        prepared.ExitCode.ShouldBe(0, prepared.Output + _server.Output);
    }
}
