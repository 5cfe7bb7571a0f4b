namespace SparsePipeline.Contracts;

/// <summary>
/// What sets one kind of step apart from the others. The JSON of specs, consumers, queues, routing, settings, health, and the check of results
/// come from it.
/// </summary>
public abstract class StepKindInfo
{
    private readonly string? _planningQueue;

    /// <summary>One of <see cref="StepKinds"/>; the value of <c>kind</c> in stored specs.</summary>
    public required string Name { get; init; }

    /// <summary>The algorithm version this installation computes; a worker leaves all others alone.</summary>
    public required int Version { get; init; }

    /// <summary>Name of the service whose workers compute the kind, in lower case, for example <c>trainer</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Section of the service's settings, for example <c>Trainer</c>.</summary>
    public string Section => string.Concat(Service[..1].ToUpperInvariant(), Service.AsSpan(1));

    /// <summary>Name of the queue that commands go to; a contract with running services of other versions.</summary>
    public required string Queue { get; init; }

    /// <summary>Name of the queue of events that are a reason to plan; <c>plan-</c> and the kind's name unless it is given.</summary>
    public string PlanningQueue
    {
        get => _planningQueue ?? $"plan-{Name}";
        init => _planningQueue = value;
    }

    /// <summary>Where the work is done.</summary>
    public StepPlace Place { get; init; } = StepPlace.Worker;

    /// <summary>
    /// Whether equal specs give equal outputs. What does not repeat names its run in its spec, so that its result is no other run's.
    /// </summary>
    public bool Repeats { get; init; } = true;

    /// <summary>Outputs by <see cref="OutputNames"/> without which a result cannot be used.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Metrics by <see cref="MetricNames"/> without which a result cannot be used.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>The event that tells of a result with outputs: one of those that planners listen to.</summary>
    public Func<string, StepResult, object> Announces { get; init; } = StepFinished.Of;

    /// <summary>The kind's subtype of <see cref="StepSpec"/>.</summary>
    public abstract Type Spec { get; }

    /// <summary>The message that a step of the kind is sent as.</summary>
    public abstract Type Command { get; }

    /// <summary>The event that tells of a stored result.</summary>
    /// <param name="runId">The run it was computed for.</param>
    /// <param name="result">Outputs, or the failure.</param>
    public object EventOf(string runId, StepResult result) => result.Failure is null ? Announces(runId, result) : StepFailed.Of(runId, result);

    /// <summary>Calls the visitor with the kind's types.</summary>
    public abstract void Accept(IStepKindVisitor visitor);
}
