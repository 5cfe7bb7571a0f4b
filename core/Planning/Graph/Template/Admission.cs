namespace SparsePipeline.Planning;

/// <summary>Whether a step may begin now, and with which members of its gate.</summary>
/// <param name="State">Waiting, ready or unreachable.</param>
/// <param name="Members">Those that take part when it is ready, in their order; null without a gate.</param>
/// <param name="Choice">To be recorded: members are left out and no earlier choice says so.</param>
/// <param name="WakeAt">When the deadline passes, while it is what the step waits for.</param>
internal sealed record Admission(StepState State, IReadOnlyList<PlannedStep>? Members = null, SoupChoice? Choice = null, DateTimeOffset? WakeAt = null)
{
    public static Admission Ready { get; } = new(StepState.Ready);

    public static Admission Waiting { get; } = new(StepState.Waiting);

    public static Admission Unreachable { get; } = new(StepState.Unreachable);
}
