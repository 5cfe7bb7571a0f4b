using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>Somewhere that every outgoing event goes to.</summary>
internal interface IOutlet
{
    /// <summary>Takes events, the oldest first. To take one a second time must do no harm.</summary>
    /// <param name="events">Those that it has not taken.</param>
    /// <param name="taken">Called for each once it is sure to arrive; the others are offered again.</param>
    /// <param name="cancellationToken">Stops.</param>
    Task TakeAsync(IReadOnlyList<OutgoingEvent> events, Action<OutgoingEvent> taken, CancellationToken cancellationToken);
}
