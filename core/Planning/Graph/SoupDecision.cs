namespace SparsePipeline.Planning;

/// <summary>What a soup may do now.</summary>
/// <param name="State">Waiting, ready or unreachable.</param>
/// <param name="Members">The candidates to average when it is ready, in candidate order.</param>
/// <param name="Choice">To be recorded: the soup leaves candidates out and no earlier choice says so.</param>
/// <param name="WakeAt">When the deadline passes, while it is what the soup waits for.</param>
internal sealed record SoupDecision(
    StepState State, IReadOnlyList<PlannedStep> Members, SoupChoice? Choice = null, DateTimeOffset? WakeAt = null);
