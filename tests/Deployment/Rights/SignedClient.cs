using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace SparsePipeline.Deployment.Rights;

/// <summary>Plain S3 requests, signed (AWS Signature Version 4): unlike a client library's exceptions, the status says what the server thinks.</summary>
internal sealed class SignedClient(string endpoint, string accessKey, string secretKey) : IDisposable
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string SignedHeaders = "host;x-amz-content-sha256;x-amz-date";
    private readonly HttpClient _client = new();

    /// <summary>Sends; true for a success, false for 403. Anything else is neither and throws.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Bucket and key.</param>
    /// <param name="query">A sub-resource such as <c>policy</c>.</param>
    /// <param name="content">Body.</param>
    public async Task<bool> IsAllowedAsync(HttpMethod method, string path, string query = "", byte[]? content = null)
    {
        using var response = await SendAsync(method, path, query, content ?? []);
        if (response.StatusCode == HttpStatusCode.Forbidden)
            return false;
        response.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Reads a document.</summary>
    public async Task<string> ReadAsync(string path, string query = "")
    {
        using var response = await SendAsync(HttpMethod.Get, path, query, []);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string query, byte[] content)
    {
        var time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'");
        var scope = $"{time[..8]}/us-east-1/s3/aws4_request";
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var canonicalQuery = query.Length > 0 ? query + "=" : "";
        var canonical = $"{method}\n/{path}\n{canonicalQuery}\nhost:{endpoint}\nx-amz-content-sha256:{hash}\nx-amz-date:{time}\n\n{SignedHeaders}\n{hash}";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

        using var request = new HttpRequestMessage(method, $"http://{endpoint}/{path}?{canonicalQuery}".TrimEnd('?'));
        if (method == HttpMethod.Put)
            request.Content = new ByteArrayContent(content);
        request.Headers.Add("x-amz-date", time);
        request.Headers.Add("x-amz-content-sha256", hash);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={accessKey}/{scope}, SignedHeaders={SignedHeaders}, Signature={signature}");
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
