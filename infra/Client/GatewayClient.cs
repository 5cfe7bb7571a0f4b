namespace SparsePipeline.Client;

/// <summary>
/// A SparsePipeline gateway as it is seen with one key. Every request is repeated with growing pauses when a network or a busy server lost it, which is safe for all of them;
/// what the gateway refuses is a <see cref="GatewayException"/>, and what cannot be reached a <see cref="GatewayUnreachableException"/>. For as long as the program lives; may be used from many threads.
/// </summary>
public sealed class GatewayClient : IDisposable
{
    private readonly GatewayConnection _connection;

    /// <param name="gateway">Its address, such as <c>http://localhost:8081</c>.</param>
    /// <param name="token">The token of a key, as <c>sparsepipe keys create</c> shows it.</param>
    /// <param name="handler">What sends requests, with a proxy or certificates of its own; it is not disposed of. Null for one that follows no redirects.</param>
    /// <param name="time">The clock of pauses and bounds; null for this machine's.</param>
    public GatewayClient(Uri gateway, string token, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        _connection = new GatewayConnection(gateway, token, handler, time ?? TimeProvider.System);
        Uploads = new UploadsClient(_connection);
        Events = new EventsClient(_connection, time ?? TimeProvider.System);
        Runs = new RunsClient(_connection, time ?? TimeProvider.System);
        Artifacts = new ArtifactsClient(_connection);
        Recipes = new RecipesClient(_connection);
        Subscriptions = new SubscriptionsClient(_connection);
    }

    /// <summary>Files that are sent to the gateway.</summary>
    public UploadsClient Uploads { get; }

    /// <summary>News of checkpoints.</summary>
    public EventsClient Events { get; }

    /// <summary>Runs.</summary>
    public RunsClient Runs { get; }

    /// <summary>Files of the gateway's store.</summary>
    public ArtifactsClient Artifacts { get; }

    /// <summary>Stored recipes.</summary>
    public RecipesClient Recipes { get; }

    /// <summary>What is run with every new checkpoint of a model.</summary>
    public SubscriptionsClient Subscriptions { get; }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();
}
