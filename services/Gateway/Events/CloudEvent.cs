using System.Text.Json;

namespace SparsePipeline.Gateway.Events;

/// <summary>A CloudEvent 1.0 of a type that is taken in, however it was sent.</summary>
internal sealed record CloudEvent
{
    public required string Source { get; init; }

    public required string Id { get; init; }

    public string? Subject { get; init; }

    public DateTimeOffset? Time { get; init; }

    public string? TraceParent { get; init; }

    public string? PartitionKey { get; init; }

    /// <summary>Attributes that are none of the standard's, by name.</summary>
    public required IReadOnlyDictionary<string, string> Extensions { get; init; }

    public required JsonElement Data { get; init; }
}
