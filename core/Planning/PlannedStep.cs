using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>One node of a run's graph.</summary>
public sealed record PlannedStep
{
    /// <summary>Its place, for example <c>cycle-2/candidate-3</c>; unique within the run.</summary>
    public required string Node { get; init; }

    /// <summary>One of <see cref="StepKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Nodes it needs.</summary>
    public required IReadOnlyList<string> DependsOn { get; init; }

    public required StepState State { get; init; }

    /// <summary>Training epochs it costs when it runs; 0 for steps that do not train.</summary>
    public required int Epochs { get; init; }

    /// <summary>The examples it looks at; null for steps that do not cost by examples.</summary>
    public SampleWork? Sample { get; init; }

    /// <summary>Training epochs on the longest chain from here to the end of the run, its own included.</summary>
    public int EpochsAhead { get; init; }

    /// <summary>Known once all inputs exist; null as long as <see cref="Unknown"/> is not.</summary>
    public StepSpec? Spec => Keyed?.Spec;

    /// <summary>What the spec is read from when it is asked for.</summary>
    internal KeyedSpec? Keyed { get; init; }

    /// <summary>What of the step this version does not know, when another one compiled the run: workers of that version do it. Null when it knows all.</summary>
    public string? Unknown { get; init; }

    /// <summary>Known once all inputs exist.</summary>
    public string? Key { get; init; }

    /// <summary>Known once the step is done or failed.</summary>
    public StepResult? Result { get; init; }
}
