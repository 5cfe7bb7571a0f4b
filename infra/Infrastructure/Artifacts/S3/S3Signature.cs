using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Signs a request without a body (AWS Signature Version 4) that the client library cannot make.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, whose example a test holds.</remarks>
internal static class S3Signature
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string Headers = "host;x-amz-content-sha256;x-amz-date";
    private static readonly string NoBody = Convert.ToHexStringLower(SHA256.HashData([]));

    /// <summary>A query as it is signed and sent: by name, everything escaped but letters, digits and <c>-_.~</c>.</summary>
    public static string Query(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join('&', parameters
        .Select(p => (Name: Uri.EscapeDataString(p.Key), Value: Uri.EscapeDataString(p.Value))).OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value}"));

    /// <summary>Adds the headers.</summary>
    /// <param name="request">Its address has a query that <see cref="Query"/> wrote.</param>
    /// <param name="accessKey">Who signs.</param>
    /// <param name="secretKey">With what.</param>
    /// <param name="region">Of the bucket.</param>
    /// <param name="now">Servers refuse what is a quarter of an hour off.</param>
    public static void Sign(HttpRequestMessage request, string accessKey, string secretKey, string region, DateTimeOffset now)
    {
        var (address, time) = (request.RequestUri!, now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        var scope = $"{time[..8]}/{region}/s3/aws4_request";
        var canonical = $"{request.Method}\n{address.AbsolutePath}\n{address.Query.TrimStart('?')}\nhost:{address.Authority}\nx-amz-content-sha256:{NoBody}\nx-amz-date:{time}\n\n{Headers}\n{NoBody}";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + secretKey), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
        request.Headers.Add("x-amz-date", time);
        request.Headers.Add("x-amz-content-sha256", NoBody);
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={accessKey}/{scope}, SignedHeaders={Headers}, Signature={signature}");
    }
}
