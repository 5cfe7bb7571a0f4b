using System.Text.Json;

namespace SparsePipeline.Contracts;

/// <summary>The document <c>outbox/{eventKey}.json</c>: a CloudEvent about something that is committed. It never changes.</summary>
public sealed record OutgoingEvent
{
    /// <summary>The first 32 hexadecimal digits of the SHA-256 of source, line feed and id.</summary>
    public required string EventKey { get; init; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Whose event it is, for example <c>/deployments/local/runs/{runId}</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Follows from what happened, so that the same is never told as two events; unique for the source.</summary>
    public required string Id { get; init; }

    /// <summary>The checkpoint or report it is about, as <c>sha256:…</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened, as the document says that committed it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The JSON Schema of <see cref="Data"/>.</summary>
    public required string DataSchema { get; init; }

    /// <summary>W3C trace context of the run.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The run it is about.</summary>
    public string? RunId { get; init; }

    /// <summary>One of <see cref="StepKinds"/>, when it is about a step.</summary>
    public string? StepKind { get; init; }

    /// <summary>What it is about.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}
