namespace SparsePipeline.Contracts;

/// <summary>Event: a step has stored its outputs; for kinds of step that have no event of their own.</summary>
public sealed record StepFinished
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    /// <summary>One of <see cref="StepKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Named by <see cref="OutputNames"/>.</summary>
    public required IReadOnlyDictionary<string, ArtifactRef> Outputs { get; init; }

    /// <summary>The event for a result.</summary>
    public static StepFinished Of(string runId, StepResult result) =>
        new() { RunId = runId, StepKey = result.Key, Kind = result.Kind, Outputs = result.Outputs };
}
