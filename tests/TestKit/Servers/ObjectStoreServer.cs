namespace SparsePipeline.TestKit.Servers;

/// <summary>
/// The S3 server of a test process, started when the first test asks: the one <see cref="ObjectStoreAddress.Variable"/> names, else a child
/// process. An assembly fixture: <c>[assembly: AssemblyFixture(typeof(ObjectStoreServer))]</c>.
/// </summary>
public sealed class ObjectStoreServer : IAsyncDisposable
{
    private readonly Lazy<Task<ObjectStoreAddress>> _address;
    private ObjectStoreProcess? _process;

    public ObjectStoreServer() => _address = new(StartAsync);

    /// <summary>How it is reached; skips the test when there is no server.</summary>
    public Task<ObjectStoreAddress> AddressAsync() => _address.Value;

    /// <summary>A bucket for one test; skips the test when there is no server.</summary>
    public async Task<ObjectStoreBucket> CreateBucketAsync(CancellationToken cancellationToken) =>
        await ObjectStoreBucket.CreateAsync(await AddressAsync(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private async Task<ObjectStoreAddress> StartAsync()
    {
        if (ObjectStoreAddress.FromEnvironment() is { } given)
            return given;
        _process = await ObjectStoreProcess.StartAsync(durable: false, CancellationToken.None);
        return _process.Address;
    }
}
