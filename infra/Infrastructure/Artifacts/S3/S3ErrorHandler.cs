using System.Net;
using System.Xml;
using System.Xml.Linq;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Turns every answer that is no success into a <see cref="S3RequestException"/>.</summary>
/// <remarks>
/// Below the client library, because that turns them into a dozen unrelated exception types and loses what the server said;
/// what is thrown here passes through it unchanged.
/// </remarks>
internal sealed class S3ErrorHandler(HttpMessageHandler inner, StoreClock clock) : DelegatingHandler(inner)
{
    private const int MaxErrorBytes = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await CountAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await ExplainAsync(request, response, cancellationToken);
    }

    private async Task<HttpResponseMessage> CountAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            StoreTelemetry.Requested(request.Method.Method, (int)response.StatusCode);
            clock.Observe(response.Headers.Date);
            return response;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            StoreTelemetry.Requested(request.Method.Method, status: null);
            throw;
        }
    }

    private async Task<S3RequestException> ExplainAsync(
        HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var (code, detail) = await ReadAsync(response, cancellationToken);
        code ??= response.StatusCode == HttpStatusCode.NotFound ? MissingCode(request.RequestUri!) : response.StatusCode.ToString();
        // Servers have several words for a signature that is too old or too new, some of which speak of rights.
        if (response.StatusCode == HttpStatusCode.Forbidden && clock.Problem is { } problem)
            (code, detail) = (S3RequestException.RequestTimeTooSkewed, problem);
        // Without the query: it holds the signature.
        var what = $"{request.Method} {request.RequestUri!.GetLeftPart(UriPartial.Path)}";
        var more = detail is { Length: > 0 } ? ": " + detail : "";
        return new S3RequestException(response.StatusCode, code, $"{what} was answered with {(int)response.StatusCode} {code}{more}");
    }

    // HEAD has no body: whether the bucket or the object is missing shows in which of them was asked for.
    private static string MissingCode(Uri address) =>
        address.AbsolutePath.Trim('/').Contains('/') ? S3RequestException.NoSuchKey : S3RequestException.NoSuchBucket;

    private static async Task<(string? Code, string? Message)> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxErrorBytes, cancellationToken);
            var error = XDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).Root;
            return (error?.Element("Code")?.Value, error?.Element("Message")?.Value);
        }
        catch (Exception exception) when (exception is XmlException or HttpRequestException or IOException)
        {
            return default; // a proxy's page, or cut off: the status has to do
        }
    }
}
