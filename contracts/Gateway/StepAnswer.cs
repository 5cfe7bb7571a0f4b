namespace SparsePipeline.Contracts;

/// <summary>Where a step of a run stands.</summary>
public sealed record StepAnswer
{
    public required string Node { get; init; }

    public required string Kind { get; init; }

    /// <summary><c>done</c>, <c>failed</c>, <c>ready</c>, <c>waiting</c> or <c>unreachable</c>.</summary>
    public required string State { get; init; }

    /// <summary>Known once all its inputs exist.</summary>
    public string? Key { get; init; }

    public double? Seconds { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public IReadOnlyDictionary<string, ArtifactRef>? Outputs { get; init; }

    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    public StepFailure? Failure { get; init; }
}
