using System.Threading.Channels;

namespace SparsePipeline.Gateway.Events;

/// <summary>Tells this process's sweep that there is something to do. What is lost here the next sweep finds: signals make it fast, the store makes it right.</summary>
internal sealed class EventSignals
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something has come, or has changed what others wait for.</summary>
    public void SweepSoon() => _channel.Writer.TryWrite(true);

    /// <summary>Waits for a signal, but no longer than that.</summary>
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
