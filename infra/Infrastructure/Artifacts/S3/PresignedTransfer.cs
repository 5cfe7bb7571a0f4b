using Minio.DataModel.Args;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>
/// Reads and writes objects by presigned addresses through an ordinary <see cref="HttpClient"/>, because the library buffers uploads three
/// times, drops conditions above 5 MiB and cannot replace conditionally.
/// </summary>
internal sealed class PresignedTransfer(S3Connection connection, string bucket)
{
    private const int SignatureSeconds = 24 * 3600;
    private const int WorthAsking = 1024 * 1024;

    /// <summary>Hands what the object holds to <paramref name="read"/>.</summary>
    public async Task<T> ReadAsync<T>(string key, Func<S3Download, Task<T>> read, StallGuard guard)
    {
        var address = await connection.Signer.PresignedGetObjectAsync(
            new PresignedGetObjectArgs().WithBucket(bucket).WithObject(key).WithExpiry(SignatureSeconds));
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await connection.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, guard.Token);
        guard.Moved();
        await using var body = await response.Content.ReadAsStreamAsync(guard.Token);
        var length = response.Content.Headers.ContentLength
            ?? throw new S3RequestException(status: null, "NoAnswer", $"reading {key}: the server does not say how long it is");
        return await read(new S3Download(body, length, response.Headers.ETag?.Tag ?? "", guard));
    }

    /// <summary>Writes an object and returns its entity tag; empty when the server names none.</summary>
    public async Task<string> WriteAsync(string key, HttpContent body, S3Condition condition, StallGuard guard)
    {
        var address = await connection.Signer.PresignedPutObjectAsync(
            new PresignedPutObjectArgs().WithBucket(bucket).WithObject(key).WithExpiry(SignatureSeconds));
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = body };
        if (condition.Header is not null)
            request.Headers.TryAddWithoutValidation(condition.Header, condition.Value);
        // A server that refuses should say so before gigabytes are under way; it may also hang up then, and the reason would be lost.
        request.Headers.ExpectContinue = body.Headers.ContentLength > WorthAsking;
        using var response = await connection.Http.SendAsync(request, guard.Token);
        return response.Headers.ETag?.Tag ?? "";
    }
}
