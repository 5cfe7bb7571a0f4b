using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Subscriptions;

/// <summary>What a subscription does next: a pure function of what it is, what it has done, an event and the time.</summary>
/// <param name="State">What is known from now on.</param>
/// <param name="Start">Whether a run of the newest event is to be started.</param>
/// <param name="HoldUntil">When to look again although nothing happens; null when only an event or the end of a run changes anything.</param>
/// <param name="Cancel">Runs that nobody wants any more.</param>
internal sealed record SubscriptionDecision(SubscriptionState State, bool Start, DateTimeOffset? HoldUntil, IReadOnlyList<string> Cancel)
{
    private const int MostRemembered = 100;

    /// <summary>Decides.</summary>
    /// <param name="subscription">Its rules.</param>
    /// <param name="state">What it has done.</param>
    /// <param name="offered">An event it matches; null for a look without one.</param>
    /// <param name="now">The time.</param>
    public static SubscriptionDecision Decide(Subscription subscription, SubscriptionState state, EventOrder? offered, DateTimeOffset now)
    {
        if (offered is not null && offered.CompareTo(state.Newest) > 0)
            state = state with { Newest = offered, PendingSince = now };
        // Said at every look, so that one that was lost on the way is made up for.
        IReadOnlyList<string> cancel = subscription.Superseded == Subscription.Cancel
            ? [.. state.Running().Where(s => s.EventKey != state.Newest?.EventKey).Select(s => s.RunId!)]
            : [];
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (state.Day != today)
            state = state with { Day = today, StartedToday = 0 };
        if (state.PendingSince is not { } since || subscription.Paused || subscription.DeletedAt is not null)
            return new(state, Start: false, HoldUntil: null, cancel);
        var ripe = since.AddSeconds(subscription.DebounceSeconds);
        if (now < ripe)
            return new(state, Start: false, ripe, cancel);
        if (state.Running().Count() >= subscription.Concurrency)
            return new(state, Start: false, HoldUntil: null, cancel);
        return state.StartedToday < subscription.MaxPerDay
            ? new(state, Start: true, HoldUntil: null, cancel)
            : new(state, Start: false, new DateTimeOffset(today.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), cancel);
    }

    /// <summary>The state after the newest event was dealt with as its start says.</summary>
    public static SubscriptionState Started(SubscriptionState state, SubscriptionStart start) => state with
    {
        PendingSince = null,
        StartedToday = state.StartedToday + (start.RunId is null ? 0 : 1),
        Starts = Forget([.. state.Starts, start]),
    };

    /// <summary>The state after some runs have ended.</summary>
    public static SubscriptionState Ended(SubscriptionState state, IReadOnlySet<string> runIds) => runIds.Count == 0 ? state : state with
    {
        Starts = [.. state.Starts.Select(s => s.RunId is { } run && runIds.Contains(run) ? s with { HasEnded = true } : s)],
    };

    private static IReadOnlyList<SubscriptionStart> Forget(List<SubscriptionStart> starts)
    {
        for (var i = 0; i < starts.Count && starts.Count > MostRemembered;)
            if (starts[i].HasEnded || starts[i].RunId is null)
                starts.RemoveAt(i);
            else
                i++;
        return starts;
    }
}
