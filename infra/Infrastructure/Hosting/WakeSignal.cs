using System.Threading.Channels;

namespace SparsePipeline.Infrastructure.Hosting;

/// <summary>Wakes whoever looks again and again. What is lost here the next look finds: signals make it fast, the store makes it right.</summary>
public sealed class WakeSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There is something to do. Said often before anybody looks, it is said once.</summary>
    public void Wake() => _channel.Writer.TryWrite(true);

    /// <summary>Waits to be woken, but no longer than that.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Long enough.
        }
    }
}
