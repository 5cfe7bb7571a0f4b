namespace SparsePipeline.Planning;

/// <summary>
/// Decides which members of a <see cref="QuorumGate"/> take part, and when. All of them once all have settled (finished or failed for good);
/// without the rest once the quorum is there and the deadline, counted from the moment it was there, has passed. What leaves members out is
/// recorded, so that later planning repeats it instead of choosing anew.
/// </summary>
internal sealed class Quorum(QuorumGate gate, string kind, string? choiceName, IReadOnlyList<PlannedStep> members)
{
    private readonly List<PlannedStep> _done = [.. members.Where(c => c.State == StepState.Done)];

    private int Needed => Math.Min(gate.Least, members.Count);

    private bool AllSettled => members.All(c => c.State is StepState.Done or StepState.Failed or StepState.Unreachable);

    private int Lost => members.Count(c => c.State is StepState.Failed or StepState.Unreachable);

    public Admission Decide(IPlanLookup lookup, DateTimeOffset now)
    {
        if (Recorded(lookup) is { } chosen && !(gate.AmendLate && AllSettled)) return Begin(chosen);
        if (members.Count - Lost < Needed) return Admission.Unreachable;
        if (AllSettled) return Begin(_done, NewChoice(lookup));
        return _done.Count < Needed || Deadline is not { } deadline ? Admission.Waiting
            : now < deadline ? new(StepState.Waiting, WakeAt: deadline)
            : Begin(_done, NewChoice(lookup));
    }

    private DateTimeOffset? Deadline => gate.DeadlineMinutes is { } minutes
        ? _done.Select(c => c.Result!.CompletedAt).Order().ElementAt(Needed - 1).AddMinutes(minutes)
        : null;

    private List<PlannedStep>? Recorded(IPlanLookup lookup)
    {
        if (choiceName is null || lookup.Choice(choiceName) is not { } keys) return null;
        List<PlannedStep> chosen = [.. _done.Where(c => keys.Contains(c.Key))];
        return chosen.Count == keys.Count && chosen.Count > 0 ? chosen : null;
    }

    private SoupChoice? NewChoice(IPlanLookup lookup) => choiceName is null || _done.Count == members.Count || lookup.Choice(choiceName) is not null
        ? null
        : new(choiceName, [.. _done.Select(c => c.Key!)]) { Kind = kind };

    private static Admission Begin(IReadOnlyList<PlannedStep> members, SoupChoice? choice = null) => new(StepState.Ready, members, choice);
}
