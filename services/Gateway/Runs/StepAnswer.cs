using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Gateway.Runs;

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

    internal static StepAnswer Of(PlannedStep step) => new()
    {
        Node = step.Node,
        Kind = step.Kind,
        State = step.State.ToString().ToLowerInvariant(),
        Key = step.Key,
        Seconds = step.Result?.Seconds,
        CompletedAt = step.Result?.CompletedAt,
        Outputs = step.Result?.Outputs,
        Metrics = step.Result?.Metrics,
        Failure = step.Result?.Failure,
    };
}
