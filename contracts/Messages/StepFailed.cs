namespace SparsePipeline.Contracts;

/// <summary>Event: a step ended for good without outputs; its result says why.</summary>
public sealed record StepFailed
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required string Kind { get; init; }

    public required StepFailure Failure { get; init; }

    /// <summary>The event for a result that is a failure.</summary>
    public static StepFailed Of(string runId, StepResult result) =>
        new() { RunId = runId, StepKey = result.Key, Kind = result.Kind, Failure = result.Failure! };
}
