using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace SparsePipeline.Infrastructure.Tests.Artifacts.S3;

/// <summary>A network that breaks where a test wants it to.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly Func<int, ConnectionPlan> _plan;
    private readonly X509Certificate2? _certificate;
    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    /// <param name="target">The server behind.</param>
    /// <param name="plan">What becomes of the connection with this number, counted from 0.</param>
    /// <param name="certificate">Speaks TLS with it.</param>
    public TcpProxy(Uri target, Func<int, ConnectionPlan> plan, X509Certificate2? certificate = null)
    {
        (_target, _plan, _certificate) = (target, plan, certificate);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Endpoint => $"{(_certificate is null ? "http" : "https")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Connections { get; private set; }

    /// <summary>Takes every byte and gives none.</summary>
    public bool IsMute { get; init; }

    public async ValueTask DisposeAsync()
    {
        // The token ends the wait for a connection; a listener that is gone would be an error of whoever was about to wait.
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token), _plan(Connections++)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, ConnectionPlan plan)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_target.Host, _target.Port, _end.Token);
                await using var near = await NearAsync(client);
                if (IsMute)
                    await PumpAsync(near, Stream.Null, long.MaxValue);
                await using var far = server.GetStream();
                // Whichever side ends first ends both.
                await Task.WhenAny(PumpAsync(near, far, plan.RequestBytes), PumpAsync(far, near, plan.AnswerBytes));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // Cut off, by whomever.
            }
        }
    }

    private async Task<Stream> NearAsync(TcpClient client)
    {
        if (_certificate is null)
            return client.GetStream();
        var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
        return secure;
    }

    private async Task PumpAsync(Stream from, Stream to, long limit)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            for (int read; (read = await from.ReadAsync(buffer, _end.Token)) > 0; limit -= read)
            {
                await to.WriteAsync(buffer.AsMemory(0, (int)Math.Min(read, limit)), _end.Token);
                if (read >= limit)
                    return;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other pump has ended this connection.
        }
    }
}
