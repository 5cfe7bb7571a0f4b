using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Where a run stands and what may be done next.</summary>
public sealed record Plan
{
    /// <summary>Every step of the run in an order that respects dependencies.</summary>
    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    /// <summary>Partial soups decided by this plan; they are recorded (first writer wins) before their step is claimed.</summary>
    public required IReadOnlyList<SoupChoice> Choices { get; init; }

    /// <summary>Why the run cannot finish; null while it can.</summary>
    public StepFailure? Failure { get; init; }

    /// <summary>When planning again may change something although no event happens: a soup deadline.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>Steps whose inputs exist and whose result does not.</summary>
    public IEnumerable<PlannedStep> Ready => Steps.Where(s => s.State == StepState.Ready);

    /// <summary>True when nothing is left to do.</summary>
    public bool Finished => Failure is null && Steps.All(s => s.State is StepState.Done or StepState.Failed);
}
