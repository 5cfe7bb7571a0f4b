namespace SparsePipeline.Contracts;

/// <summary>Event: a train, prune or soup step has stored its checkpoint; whoever has a next step may plan it.</summary>
public sealed record CheckpointReady
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    /// <summary>One of <see cref="StepKinds"/>.</summary>
    public required string Kind { get; init; }

    public required ArtifactRef Checkpoint { get; init; }

    /// <summary>The event for a result.</summary>
    public static CheckpointReady Of(string runId, StepResult result) =>
        new() { RunId = runId, StepKey = result.Key, Kind = result.Kind, Checkpoint = result.Outputs[OutputNames.Checkpoint] };
}
