namespace SparsePipeline.Gateway.Access;

/// <summary>The document <c>audit/{yyyy-MM-dd}/{instant}-{requestId}.json</c>: who changed what, or was not let do so. Neither bodies nor tokens.</summary>
public sealed record AuditEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Unique.</summary>
    public required string RequestId { get; init; }

    /// <summary>The key's id; null when there was none that is valid.</summary>
    public string? KeyId { get; init; }

    public required string Method { get; init; }

    /// <summary>Without the query.</summary>
    public required string Path { get; init; }

    public required int Status { get; init; }

    /// <summary>Where the request came from.</summary>
    public string? Address { get; init; }
}
