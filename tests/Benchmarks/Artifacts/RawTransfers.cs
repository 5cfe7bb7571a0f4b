using Minio;
using Minio.DataModel.Args;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Benchmarks;

/// <summary>
/// What the store is compared with: one presigned request by <see cref="HttpClient"/>, file to bucket or bucket to file, and nothing else.
/// </summary>
internal sealed class RawTransfers : IDisposable
{
    private const int BufferBytes = 1024 * 1024;
    private readonly string _bucket;
    private readonly IMinioClient _signer;
    private readonly HttpClient _client = new() { Timeout = Timeout.InfiniteTimeSpan };

    public RawTransfers(ObjectStoreBucket bucket)
    {
        _bucket = bucket.Name;
        _signer = new MinioClient().WithEndpoint(bucket.Address.Endpoint.Authority).WithRegion("us-east-1")
            .WithCredentials(bucket.Address.AccessKey, bucket.Address.SecretKey).Build();
    }

    public async Task PutAsync(string key, string file, CancellationToken cancellationToken)
    {
        var address = await _signer.PresignedPutObjectAsync(new PresignedPutObjectArgs().WithBucket(_bucket).WithObject(key).WithExpiry(3600));
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var content = new StreamContent(stream, BufferBytes);
        using var answer = await _client.PutAsync(address, content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task GetAsync(string key, string file, CancellationToken cancellationToken)
    {
        var address = await _signer.PresignedGetObjectAsync(new PresignedGetObjectArgs().WithBucket(_bucket).WithObject(key).WithExpiry(3600));
        await using var source = await _client.GetStreamAsync(address, cancellationToken);
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        await source.CopyToAsync(target, BufferBytes, cancellationToken);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        _signer.RemoveObjectAsync(new RemoveObjectArgs().WithBucket(_bucket).WithObject(key), cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _signer.Dispose();
    }
}
