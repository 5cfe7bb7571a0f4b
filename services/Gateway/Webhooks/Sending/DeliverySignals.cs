using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Gateway.Webhooks.Sending;

/// <summary>Tells this process that there is something to send, and whether it is the one that sends.</summary>
internal sealed class DeliverySignals
{
    private readonly WakeSignal _signal = new();

    /// <summary>Whether this process sends, for all.</summary>
    public bool IsSender { get; set; }

    public void SendSoon() => _signal.Wake();

    /// <inheritdoc cref="WakeSignal.WaitAsync"/>
    public Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken) => _signal.WaitAsync(most, time, cancellationToken);
}
