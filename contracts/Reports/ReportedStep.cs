namespace SparsePipeline.Contracts;

/// <summary>One step of a run, as it went.</summary>
public sealed record ReportedStep
{
    public required string Key { get; init; }

    public required string Kind { get; init; }

    /// <summary>Place in the plan, for example <c>cycle-2/candidate-3</c>.</summary>
    public required string Node { get; init; }

    /// <summary>Nodes whose results it used.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Whether its result was there before this invocation started.</summary>
    public required bool Cached { get; init; }

    /// <summary>Compute time when it ran, in seconds.</summary>
    public required double Seconds { get; init; }

    public StepFailure? Failure { get; init; }
}
