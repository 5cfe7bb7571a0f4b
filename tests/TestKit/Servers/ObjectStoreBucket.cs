using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;

namespace SparsePipeline.TestKit.Servers;

/// <summary>A bucket that belongs to one test and goes with it.</summary>
public sealed class ObjectStoreBucket : IAsyncDisposable
{
    private readonly IMinioClient _client;

    private ObjectStoreBucket(ObjectStoreAddress address, string name)
    {
        (Address, Name) = (address, name);
        _client = new MinioClient().WithEndpoint(address.Endpoint.Authority).WithSSL(address.Endpoint.Scheme == Uri.UriSchemeHttps)
            .WithRegion("us-east-1").WithCredentials(address.AccessKey, address.SecretKey).Build();
    }

    /// <summary>The server.</summary>
    public ObjectStoreAddress Address { get; }

    /// <summary>Name of the bucket.</summary>
    public string Name { get; }

    /// <summary>Settings that make it the store: <c>Store:Kind</c> and <c>S3:…</c>.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Store:Kind"] = "s3",
        ["S3:Endpoint"] = Address.Endpoint.GetLeftPart(UriPartial.Authority),
        ["S3:Bucket"] = Name,
        ["S3:AccessKey"] = Address.AccessKey,
        ["S3:SecretKey"] = Address.SecretKey,
    };

    /// <summary>The same settings for the environment of a process.</summary>
    public IReadOnlyDictionary<string, string> Environment => Settings.ToDictionary(
        setting => "SPARSEPIPELINE_" + setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!, StringComparer.Ordinal);

    /// <summary>Makes one with a name of its own.</summary>
    public static async Task<ObjectStoreBucket> CreateAsync(ObjectStoreAddress address, CancellationToken cancellationToken)
    {
        var bucket = new ObjectStoreBucket(address, $"test-{Guid.NewGuid():n}");
        await bucket._client.MakeBucketAsync(new MakeBucketArgs().WithBucket(bucket.Name), cancellationToken);
        return bucket;
    }

    /// <summary>Keys of everything in it, ordinally sorted.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        await foreach (var item in _client.ListObjectsEnumAsync(new ListObjectsArgs().WithBucket(Name).WithRecursive(true), cancellationToken))
            keys.Add(item.Key);
        return keys;
    }

    /// <summary>Writes an object past the store, to damage what it holds.</summary>
    public Task OverwriteAsync(string key, byte[] content, CancellationToken cancellationToken) => _client.PutObjectAsync(
        new PutObjectArgs().WithBucket(Name).WithObject(key).WithStreamData(new MemoryStream(content)).WithObjectSize(content.Length), cancellationToken);

    /// <summary>Begins an upload in parts and never ends it, as a client does that is killed.</summary>
    public async Task BeginUploadAsync(string key, CancellationToken cancellationToken)
    {
        const int Length = 40_000_000;
        await using var breaking = new BreakingStream(Length / 2);
        var upload = new PutObjectArgs().WithBucket(Name).WithObject(key).WithStreamData(breaking).WithObjectSize(Length);
        try
        {
            await _client.PutObjectAsync(upload, cancellationToken);
        }
        catch (Exception exception) when (breaking.IsBroken)
        {
            GC.KeepAlive(exception); // whatever the library makes of it
        }
    }

    /// <summary>Removes it with all its objects; a server that is gone took it along.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var key in await KeysAsync(CancellationToken.None))
                await _client.RemoveObjectAsync(new RemoveObjectArgs().WithBucket(Name).WithObject(key));
            await _client.RemoveBucketAsync(new RemoveBucketArgs().WithBucket(Name));
        }
        catch (Exception exception) when (exception is MinioException or HttpRequestException)
        {
        }
        _client.Dispose();
    }
}
