namespace SparsePipeline.Contracts;

/// <summary>Stored once, last, under <c>steps/{key}/result.json</c>: the outputs of a step, or why there are none.</summary>
public sealed record StepResult
{
    public required string Key { get; init; }

    public required string Kind { get; init; }

    /// <summary>Named by <see cref="OutputNames"/>; empty when the step failed.</summary>
    public IReadOnlyDictionary<string, ArtifactRef> Outputs { get; init; } = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal);

    /// <summary>Named by <see cref="MetricNames"/>.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Null when the step succeeded.</summary>
    public StepFailure? Failure { get; init; }

    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Compute time over all slices, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Who computed it, for provenance only.</summary>
    public required string Worker { get; init; }
}
