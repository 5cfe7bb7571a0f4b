using System.Threading.Channels;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>Tells this process that there is something to send. What is lost here the next look at the marks finds.</summary>
internal sealed class DeliverySignals
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Whether this process sends, for all.</summary>
    public bool IsSender { get; set; }

    public void SendSoon() => _channel.Writer.TryWrite(true);

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
