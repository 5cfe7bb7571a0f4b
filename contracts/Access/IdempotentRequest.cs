namespace SparsePipeline.Contracts;

/// <summary>The document <c>requests/{h}.json</c>: a request that may be sent again and has its effect once. Never holds a secret.</summary>
public sealed record IdempotentRequest
{
    /// <summary>Somebody acts on it, or died doing so.</summary>
    public const string Pending = "pending";

    /// <summary>It was answered; the same again is answered alike.</summary>
    public const string Done = "done";

    /// <summary>It had no effect: the same key may be used again, for another body as well.</summary>
    public const string Refused = "refused";

    /// <summary>SHA-256 of query and body: the key may not be used for others.</summary>
    public required string Fingerprint { get; init; }

    /// <summary><see cref="Pending"/>, <see cref="Done"/> or <see cref="Refused"/>.</summary>
    public required string State { get; init; }

    /// <summary>When somebody began to act on it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long after <see cref="At"/> nobody else acts on it.</summary>
    public required int LeaseSeconds { get; init; }

    /// <summary>After this it is as if it had never come, and a collection may delete the document.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The HTTP status it was answered with.</summary>
    public int? Status { get; init; }

    /// <summary>What it was answered, as JSON and without what is shown once; null when there was nothing.</summary>
    public string? Body { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}
