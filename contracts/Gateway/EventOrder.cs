namespace SparsePipeline.Contracts;

/// <summary>An event's place among those of a subscription: by the publisher's time, then by receipt, then by key, so that any two differ.</summary>
/// <param name="EventKey">The event.</param>
/// <param name="Time">When it happened; of receipt when the publisher said nothing.</param>
/// <param name="ReceivedAt">When it was stored.</param>
public sealed record EventOrder(string EventKey, DateTimeOffset Time, DateTimeOffset ReceivedAt) : IComparable<EventOrder>
{
    /// <summary>The place of an event.</summary>
    public static EventOrder Of(PublishedEvent published) => new(published.EventKey, published.Time ?? published.ReceivedAt, published.ReceivedAt);

    /// <inheritdoc />
    public int CompareTo(EventOrder? other) => other is null ? 1
        : Time != other.Time ? Time.CompareTo(other.Time)
        : ReceivedAt != other.ReceivedAt ? ReceivedAt.CompareTo(other.ReceivedAt)
        : string.CompareOrdinal(EventKey, other.EventKey);
}
