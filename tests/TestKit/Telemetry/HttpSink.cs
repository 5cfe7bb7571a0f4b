using System.Net;
using System.Threading.Channels;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.TestKit.Telemetry;

/// <summary>A small HTTP server that keeps what is posted to it, in place of a collector or a Seq server.</summary>
public sealed class HttpSink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Channel<SunkRequest> _requests = Channel.CreateUnbounded<SunkRequest>();
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public HttpSink()
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Without a slash at the end.</summary>
    public string Address { get; }

    /// <summary>The next request to a path; requests to other paths are dropped.</summary>
    public async Task<SunkRequest> NextAsync(string path)
    {
        using var patience = new CancellationTokenSource(Patience);
        var others = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                var request = await _requests.Reader.ReadAsync(patience.Token);
                if (request.Path == path)
                    return request;
                others.Add(request.Path);
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"Nothing was sent to {path}; requests came to: {string.Join(", ", others)}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        // A listener that is closed between two requests may leave the wait for the next one without an end.
        await await Task.WhenAny(_serving, Task.Delay(TimeSpan.FromSeconds(5)));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await KeepAsync(await _listener.GetContextAsync());
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task KeepAsync(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        var headers = context.Request.Headers.AllKeys.ToDictionary(k => k!, k => context.Request.Headers[k]!, StringComparer.OrdinalIgnoreCase);
        _requests.Writer.TryWrite(new SunkRequest(context.Request.Url!.AbsolutePath, headers, body.ToArray()));
        context.Response.StatusCode = (int)HttpStatusCode.Created;
        context.Response.Close();
    }
}
