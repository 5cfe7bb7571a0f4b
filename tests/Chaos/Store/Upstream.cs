using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SparsePipeline.Chaos.Store;

/// <summary>The real object store behind a <see cref="StoreProxy"/>. Requests keep their Host header, path and query, which are signed.</summary>
internal sealed class Upstream(Uri server) : IDisposable
{
    private static readonly string[] HopByHop = ["Connection", "Transfer-Encoding", "Keep-Alive", "Expect", "Upgrade"];
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };
    private const long DocumentBytes = 256 * 1024;

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    /// <summary>Sees the status of every request the store has answered, before the client does; true swallows the answer.</summary>
    public Func<StoreRequest, int, Task<bool>>? Obeyed { get; set; }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends the request on; the answer's body is not read yet.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="shape">What happens to the body on its way.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpContext context, Func<Stream, Stream>? shape = null)
    {
        var seen = StoreRequest.Of(context.Request.Method, context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        if (seen.StepKey is not null && context.Request.ContentLength is > 0 and < DocumentBytes)
            seen = seen with { Document = await TakeWholeAsync(context) };
        using var request = RequestOf(context, shape);
        // A document that came whole is delivered though its sender died, as the kernel would have done; so what is seen here is complete.
        var response = await _client.SendAsync(request, seen.Document.IsEmpty ? context.RequestAborted : CancellationToken.None);
        if (Obeyed is not { } obeyed || !await obeyed(seen, (int)response.StatusCode))
            return response;
        response.Dispose();
        throw new IOException("The answer was swallowed.");
    }

    /// <summary>Hands the answer to the client.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="response">The store's answer.</param>
    /// <param name="shape">What happens to the body on its way.</param>
    public static async Task AnswerAsync(HttpContext context, HttpResponseMessage response, Func<Stream, Stream>? shape = null)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!HopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        }
        if (context.Request.Method == HttpMethods.Head)
            return;
        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        await (shape?.Invoke(body) ?? body).CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task<byte[]> TakeWholeAsync(HttpContext context)
    {
        var content = new byte[context.Request.ContentLength!.Value];
        await context.Request.Body.ReadExactlyAsync(content, context.RequestAborted);
        context.Request.Body = new MemoryStream(content);
        return content;
    }

    private HttpRequestMessage RequestOf(HttpContext context, Func<Stream, Stream>? shape)
    {
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), TargetOf(context));
        if (context.Request.ContentLength is not null || context.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(shape?.Invoke(context.Request.Body) ?? context.Request.Body);
        foreach (var (name, values) in context.Request.Headers.Where(h => !HopByHop.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }
        return request;
    }

    private Uri TargetOf(HttpContext context) =>
        new(server.GetLeftPart(UriPartial.Authority) + context.Features.Get<IHttpRequestFeature>()!.RawTarget, Verbatim);
}
