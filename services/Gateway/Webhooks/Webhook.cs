namespace SparsePipeline.Gateway.Webhooks;

/// <summary>The document <c>webhooks/{name}.json</c>: a server that events are sent to.</summary>
public sealed record Webhook
{
    public required string Name { get; init; }

    /// <summary>Where events go.</summary>
    public required string Url { get; init; }

    /// <summary>Types of events, in which <c>*</c> stands for anything.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>What events are signed with.</summary>
    public required string Secret { get; init; }

    /// <summary>The id of the key it was written with.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>When it had failed too often; nothing is sent until somebody writes it again.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>What its last delivery came to.</summary>
    public string? DisabledBecause { get; init; }

    /// <summary>When it was deleted; the document stays.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}
