using System.Net;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Gateway.Tests.Webhooks;

/// <summary>A server that events are sent to, and what it was sent.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<int, HttpListenerContext, int> _answer;
    private readonly List<Received> _received = [];

    /// <param name="answer">Told how many messages came before, and the message; returns the status.</param>
    public Receiver(Func<int, HttpListenerContext, int>? answer = null)
    {
        _answer = answer ?? ((_, _) => 204);
        Url = $"http://localhost:{FreePort.Next()}/hook";
        _listener.Prefixes.Add(Url[..^"hook".Length]);
        _listener.Start();
        _ = ListenAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public string Url { get; }

    /// <summary>Everything, once there is as much as that.</summary>
    public async Task<IReadOnlyList<Received>> ReceivedAsync(int count)
    {
        while (true)
        {
            lock (_received)
                if (_received.Count >= count)
                    return [.. _received];
            await Task.Delay(20, Token);
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                int before;
                lock (_received)
                {
                    before = _received.Count;
                    _received.Add(new Received(context.Request.RawUrl!, context.Request.Headers, body.ToArray()));
                }
                context.Response.StatusCode = _answer(before, context);
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    internal sealed record Received(string Path, System.Collections.Specialized.NameValueCollection Headers, byte[] Body);
}
