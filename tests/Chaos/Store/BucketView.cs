using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Store;

/// <summary>A bucket seen past all proxies and past the product's own client.</summary>
internal sealed class BucketView : IDisposable
{
    private readonly IMinioClient _client;

    public BucketView(ObjectStoreAddress store, string bucket)
    {
        Bucket = bucket;
        _client = new MinioClient()
            .WithEndpoint(store.Endpoint.Authority)
            .WithCredentials(store.AccessKey, store.SecretKey)
            .WithRegion("us-east-1")
            .WithSSL(store.Endpoint.Scheme == "https")
            .Build();
    }

    public string Bucket { get; }

    public void Dispose() => _client.Dispose();

    public Task CreateAsync(CancellationToken cancellationToken) =>
        _client.MakeBucketAsync(new MakeBucketArgs().WithBucket(Bucket), cancellationToken);

    /// <summary>Keys and versions of everything below a prefix.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var objects = new Dictionary<string, string>(StringComparer.Ordinal);
        var arguments = new ListObjectsArgs().WithBucket(Bucket).WithPrefix(prefix).WithRecursive(true);
        await foreach (var item in _client.ListObjectsEnumAsync(arguments, cancellationToken))
            objects[item.Key] = item.ETag;
        return objects;
    }

    /// <summary>The bytes of an object, or null when there is none (any more).</summary>
    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        try
        {
            var arguments = new GetObjectArgs().WithBucket(Bucket).WithObject(key).WithCallbackStream((body, token) => body.CopyToAsync(content, token));
            await _client.GetObjectAsync(arguments, cancellationToken);
            return content.ToArray();
        }
        catch (ObjectNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Puts an object behind the pipeline's back.</summary>
    public async Task WriteAsync(string key, byte[] content, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(content);
        await _client.PutObjectAsync(
            new PutObjectArgs().WithBucket(Bucket).WithObject(key).WithStreamData(body).WithObjectSize(content.Length), cancellationToken);
    }
}
