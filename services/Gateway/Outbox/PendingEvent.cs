using System.Collections.Concurrent;
using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Outbox;

/// <summary>An event that not everybody has been told of, as this process knows it.</summary>
/// <param name="event">The event.</param>
internal sealed class PendingEvent(OutgoingEvent @event)
{
    private readonly ConcurrentDictionary<IOutlet, bool> _taken = new();

    public OutgoingEvent Event => @event;

    /// <summary>Whether an outlet has taken it from this process.</summary>
    public bool IsTaken(IOutlet outlet) => _taken.ContainsKey(outlet);

    /// <summary>An outlet has taken it.</summary>
    public void Take(IOutlet outlet) => _taken[outlet] = true;
}
