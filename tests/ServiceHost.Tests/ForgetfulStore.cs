using System.Net;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>The way to an S3 server through a proxy that drops the conditions of writes, as servers do that do not know them.</summary>
internal sealed class ForgetfulStore : IDisposable
{
    private static readonly string[] Dropped = ["If-None-Match", "If-Match", "Host", "Content-Length", "Content-Type", "Connection", "Expect"];
    private readonly HttpListener _listener = new();
    private readonly HttpClient _server = new();
    private readonly Uri _address;

    public ForgetfulStore(Uri server)
    {
        _address = server;
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where the service finds it.</summary>
    public string Address { get; }

    public void Dispose()
    {
        _listener.Close();
        _server.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await PassOnAsync(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or HttpRequestException or IOException)
            {
                // The listener was closed, or who asked has gone.
            }
        }
    }

    private async Task PassOnAsync(HttpListenerContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), new Uri(_address, context.Request.RawUrl));
        request.Headers.Host = context.Request.UserHostName;
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        if (context.Request.HasEntityBody)
            request.Content = new ByteArrayContent(body.ToArray());
        foreach (var name in context.Request.Headers.AllKeys.OfType<string>().Except(Dropped, StringComparer.OrdinalIgnoreCase))
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]);
        using var response = await _server.SendAsync(request);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Where(h => h.Key is "ETag" or "Date").Concat(response.Content.Headers.Where(h => h.Key is "Last-Modified" or "Content-Type")))
            context.Response.Headers[name] = string.Join(',', values);
        var answer = await response.Content.ReadAsByteArrayAsync();
        context.Response.ContentLength64 = request.Method == HttpMethod.Head ? response.Content.Headers.ContentLength ?? 0 : answer.Length;
        if (request.Method != HttpMethod.Head)
            await context.Response.OutputStream.WriteAsync(answer);
        context.Response.Close();
    }
}
