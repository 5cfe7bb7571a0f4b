namespace SparsePipeline.Contracts;

/// <summary>The document <c>subscriptions/{name}/state.json</c>: what a subscription waits for and what it has started.</summary>
public sealed record SubscriptionState
{
    /// <summary>The newest event it was ever offered.</summary>
    public EventOrder? Newest { get; init; }

    /// <summary>When that was offered, if its run is still to be started; null when nothing waits.</summary>
    public DateTimeOffset? PendingSince { get; init; }

    /// <summary>Its latest starts, oldest first; those whose runs have not ended are all among them.</summary>
    public IReadOnlyList<SubscriptionStart> Starts { get; init; } = [];

    /// <summary>Runs started on <see cref="Day"/>.</summary>
    public int StartedToday { get; init; }

    /// <summary>In UTC.</summary>
    public DateOnly Day { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public string Nonce { get; init; } = "";
}
