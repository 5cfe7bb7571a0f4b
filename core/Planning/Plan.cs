using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Where a run stands and what may be done next.</summary>
public sealed record Plan
{
    /// <summary>Every step of the run in an order that respects dependencies.</summary>
    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    /// <summary>Partial soups decided by this plan; they are recorded (first writer wins) before their step is claimed.</summary>
    public required IReadOnlyList<SoupChoice> Choices { get; init; }

    /// <summary>Name of the workflow that the run was compiled by; empty for a plan of several runs.</summary>
    public string Workflow { get; init; } = "";

    /// <summary>The node whose checkpoint is what the run is for; null when it makes none.</summary>
    public string? Network { get; init; }

    /// <summary>Where the baselines that were asked for are measured, in that order.</summary>
    public IReadOnlyList<BaselineNodes> Baselines { get; init; } = [];

    /// <summary>Why the run cannot finish; null while it can.</summary>
    public StepFailure? Failure { get; init; }

    /// <summary>When planning again may change something although no event happens: a soup deadline.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>
    /// Steps to claim and run: their inputs exist, their results do not. Those that the longest chain waits for come first,
    /// since a run is over no sooner than its longest chain. None in a run that cannot finish.
    /// </summary>
    public IEnumerable<PlannedStep> Ready =>
        Failure is null ? Steps.Where(s => s.State == StepState.Ready).OrderByDescending(s => s.EpochsAhead) : [];

    /// <summary>
    /// True when nothing is left to do and the last soup exists. Baselines and evaluations that failed do not keep a run
    /// from finishing, and neither do candidates beyond the quorum: <see cref="Failed"/> tells them.
    /// </summary>
    public bool Finished => Failure is null && Steps.All(s => s.State is StepState.Done or StepState.Failed or StepState.Unreachable);

    /// <summary>True when nothing will happen any more, for better or worse.</summary>
    public bool HasEnded => Finished || Failure is not null;

    /// <summary>Steps that this version does not know wholly: another one compiled the run, and its workers do them.</summary>
    public IEnumerable<PlannedStep> Unknown => Steps.Where(s => s.Unknown is not null);

    /// <summary>Steps that ended for good without outputs.</summary>
    public IEnumerable<PlannedStep> Failed => Steps.Where(s => s.State == StepState.Failed);
}
