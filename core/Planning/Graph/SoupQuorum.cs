using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>
/// Decides which candidates make a soup, and when. All of them once all have settled (finished or failed for good);
/// without the rest once the quorum is there and the deadline, counted from the moment it was there, has passed.
/// A soup that leaves candidates out is recorded, so that later planning repeats it instead of choosing anew.
/// </summary>
internal sealed class SoupQuorum(SoupRecipe recipe, string choiceName, IReadOnlyList<PlannedStep> candidates)
{
    private readonly List<PlannedStep> _done = [.. candidates.Where(c => c.State == StepState.Done)];

    private int Needed => Math.Min(recipe.Quorum ?? candidates.Count, candidates.Count);

    private bool AllSettled => candidates.All(c => c.State is StepState.Done or StepState.Failed or StepState.Unreachable);

    private int Lost => candidates.Count(c => c.State is StepState.Failed or StepState.Unreachable);

    public SoupDecision Decide(IPlanLookup lookup, DateTimeOffset now)
    {
        if (Recorded(lookup) is { } chosen && !(recipe.AmendLate && AllSettled)) return Cook(chosen);
        if (candidates.Count - Lost < Needed) return new(StepState.Unreachable, []);
        if (AllSettled) return Cook(_done, NewChoice(lookup));
        return _done.Count < Needed || Deadline is not { } deadline ? Wait()
            : now < deadline ? Wait(deadline)
            : Cook(_done, NewChoice(lookup));
    }

    private DateTimeOffset? Deadline => recipe.DeadlineMinutes is { } minutes
        ? _done.Select(c => c.Result!.CompletedAt).Order().ElementAt(Needed - 1).AddMinutes(minutes)
        : null;

    private List<PlannedStep>? Recorded(IPlanLookup lookup)
    {
        if (lookup.Choice(choiceName) is not { } keys) return null;
        List<PlannedStep> chosen = [.. _done.Where(c => keys.Contains(c.Key))];
        return chosen.Count == keys.Count && chosen.Count > 0 ? chosen : null;
    }

    private SoupChoice? NewChoice(IPlanLookup lookup) =>
        _done.Count == candidates.Count || lookup.Choice(choiceName) is not null ? null : new(choiceName, [.. _done.Select(c => c.Key!)]);

    private static SoupDecision Cook(IReadOnlyList<PlannedStep> members, SoupChoice? choice = null) => new(StepState.Ready, members, choice);

    private static SoupDecision Wait(DateTimeOffset? deadline = null) => new(StepState.Waiting, [], WakeAt: deadline);
}
