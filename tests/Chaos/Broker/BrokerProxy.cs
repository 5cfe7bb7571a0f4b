using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SparsePipeline.Chaos.Broker;

/// <summary>
/// One process's way to the broker. It passes every byte on, lets a listener see what the process asks for before the broker does,
/// and breaks or stops the traffic when told.
/// </summary>
internal sealed class BrokerProxy : IAsyncDisposable
{
    private readonly IPEndPoint _broker;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _open = new();
    private readonly Task _accepting;
    private TaskCompletionSource _flowing = Flowing();

    public BrokerProxy(IPEndPoint broker)
    {
        _broker = broker;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the process finds "its" broker.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Sees what the process asks for; true keeps it from the broker.</summary>
    public Func<AmqpMethod, bool>? Asking { get; set; }

    /// <summary>Keeps every confirmation of a message from the process; it does not come later either.</summary>
    public bool IsMute { get; set; }

    /// <summary>Confirmations kept back so far.</summary>
    public int KeptBack { get; private set; }

    /// <summary>Connections made so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Breaks all connections; new ones are accepted.</summary>
    public void Break()
    {
        foreach (var (client, server) in _open)
        {
            client.Close();
            server.Close();
        }
    }

    /// <summary>A partition: connections stay open and nothing moves.</summary>
    public void Stop() => _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends the partition.</summary>
    public void Flow() => _flowing.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Break();
        await _accepting;
        _end.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception) when (_end.IsCancellationRequested)
        {
            // The proxy was closed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(_broker, _end.Token);
                (client.NoDelay, server.NoDelay) = (true, true);
                _open[client] = server;
                Connections++;
                await Task.WhenAny(AskAsync(client.GetStream(), server.GetStream()), AnswerAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // A broken connection on one side breaks the other: both are closed below.
            }
            finally
            {
                _open.TryRemove(client, out _);
            }
        }
    }

    private async Task AskAsync(NetworkStream client, NetworkStream server)
    {
        var frames = new AmqpFrames(client);
        while (await frames.NextAsync(_end.Token) is { Length: > 0 } piece)
        {
            await _flowing.Task.WaitAsync(_end.Token);
            if (Asking is not { } asking || !asking(AmqpFrames.MethodOf(piece.Span)))
                await server.WriteAsync(piece, _end.Token);
        }
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client)
    {
        var frames = new AmqpFrames(server);
        while (await frames.NextAsync(_end.Token) is { Length: > 0 } piece)
        {
            await _flowing.Task.WaitAsync(_end.Token);
            // What a broker acknowledges is a message it took.
            if (IsMute && AmqpFrames.MethodOf(piece.Span).Kind == AmqpMethodKind.Ack)
                KeptBack++;
            else
                await client.WriteAsync(piece, _end.Token);
        }
    }
}
