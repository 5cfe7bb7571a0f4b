using SparsePipeline.Infrastructure.Hosting;

namespace SparsePipeline.Gateway.Events;

/// <summary>Tells this process's look at events that something has come, or has changed what others wait for.</summary>
internal sealed class EventSignals
{
    private readonly WakeSignal _signal = new();

    public void SweepSoon() => _signal.Wake();

    /// <inheritdoc cref="WakeSignal.WaitAsync"/>
    public Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken) => _signal.WaitAsync(most, time, cancellationToken);
}
