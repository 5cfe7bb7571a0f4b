namespace SparsePipeline.Contracts;

/// <summary>What an event must be like.</summary>
public sealed record EventMatch
{
    public required string Model { get; init; }

    /// <summary>Tags it must have, with these values.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Bounds of its metrics, such as <c>&gt;= 0.97</c>.</summary>
    public IReadOnlyDictionary<string, string>? Metrics { get; init; }
}
