namespace SparsePipeline.Contracts;

/// <summary>The document <c>events/{eventKey}.json</c>: an event that was published and how far it has come.</summary>
public sealed record PublishedEvent
{
    /// <summary>The first 32 hexadecimal digits of the SHA-256 of source, line feed and id.</summary>
    public required string EventKey { get; init; }

    /// <summary>Who publishes, in the publisher's words.</summary>
    public required string Source { get; init; }

    /// <summary>Unique for the source; the same again is a duplicate.</summary>
    public required string Id { get; init; }

    public string? Subject { get; init; }

    /// <summary>When it happened, as the publisher says, never later than <see cref="ReceivedAt"/>; null when nothing was said.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>W3C trace context of the publisher.</summary>
    public string? TraceParent { get; init; }

    public string? PartitionKey { get; init; }

    public required CheckpointPublished Data { get; init; }

    /// <summary>SHA-256 of the canonical JSON of <see cref="Data"/>: whether a repeated event is a duplicate or a conflict is decided by it.</summary>
    public required string DataDigest { get; init; }

    /// <summary>When it was stored first.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The id of the key it was published with.</summary>
    public required string PublishedBy { get; init; }

    /// <summary>One of <see cref="EventStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it was rejected.</summary>
    public StepFailure? Failure { get; init; }

    /// <summary>The checkpoint, once it is known to be in the store.</summary>
    public ArtifactRef? Checkpoint { get; init; }

    /// <summary>The version of the recipe it named that counts; null before it was verified, or when it named none.</summary>
    public string? RecipeVersion { get; init; }

    /// <summary>What followed from it; null before it was dispatched.</summary>
    public IReadOnlyList<EventOutcome>? Outcomes { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}
