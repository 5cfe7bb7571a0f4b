using SparsePipeline.Contracts;
using SparsePipeline.Gateway.Events;
using SparsePipeline.Gateway.Runs;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Gateway.Subscriptions;

/// <summary>Does what <see cref="SubscriptionDecision"/> decides. What is to be started is written down first and submitted then, so that whoever finds it written and not submitted does so.</summary>
internal sealed class SubscriptionProgress(SubscriptionStore store, EventStore events, RunStarter starter, IRunStore runs, IRunBus bus, TimeProvider time, ILogger<SubscriptionProgress> log)
{
    /// <summary>Offers an event to all that take it; returns what became of it, or null while some of them waits with it. Empty when nobody takes it.</summary>
    public async Task<IReadOnlyList<EventOutcome>?> OfferAsync(PublishedEvent published, CancellationToken cancellationToken)
    {
        try
        {
            var outcomes = new List<EventOutcome?>();
            await foreach (var name in store.ListAsync(after: null, cancellationToken))
            {
                if (await store.ReadAsync(name, cancellationToken) is var (subscription, _) && subscription.DeletedAt is null && subscription.Match.Takes(published.Data))
                    outcomes.Add(OutcomeOf(name, await StepAsync(subscription, EventOrder.Of(published), cancellationToken), EventOrder.Of(published)));
            }
            return outcomes.Contains(null) ? null : [.. outcomes.OfType<EventOutcome>()];
        }
        catch (DomainException damaged)
        {
            // A subscription that cannot be read says nothing against the event, which waits until it can.
            throw new InvalidDataException(damaged.Message, damaged);
        }
    }

    /// <summary>Looks at all of them once: runs have ended, and time has passed.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var name in store.ListAsync(after: null, cancellationToken))
        {
            try
            {
                if (await store.ReadAsync(name, cancellationToken) is var (subscription, _))
                    await StepAsync(subscription, offered: null, cancellationToken);
            }
            catch (DomainException damaged)
            {
                log.SubscriptionRests(name, damaged.Message);
            }
        }
    }

    // Null while it waits.
    private static EventOutcome? OutcomeOf(string name, SubscriptionState state, EventOrder order)
    {
        if (state.Starts.LastOrDefault(s => s.EventKey == order.EventKey) is { } start)
            return new EventOutcome
            {
                Subscription = name,
                Outcome = start.RunId is null ? EventOutcome.Dropped : EventOutcome.Started,
                RunId = start.RunId,
                Failure = start.Failure,
            };
        return state.Newest is { } newest && newest.EventKey != order.EventKey
            ? new EventOutcome { Subscription = name, Outcome = EventOutcome.Superseded, By = newest.EventKey }
            : null;
    }

    private async Task<SubscriptionState> StepAsync(Subscription subscription, EventOrder? offered, CancellationToken cancellationToken)
    {
        for (var tries = new ConditionalTries(subscription.Name); ; await tries.FailedAsync(cancellationToken))
        {
            var (before, version) = await store.ReadStateAsync(subscription.Name, cancellationToken);
            var decision = SubscriptionDecision.Decide(subscription, await WithEndsAsync(before, cancellationToken), offered, time.GetUtcNow());
            var after = decision.Start ? SubscriptionDecision.Started(decision.State, await PrepareAsync(subscription, decision.State.Newest!, cancellationToken)) : decision.State;
            if (!await store.TryWriteStateAsync(subscription.Name, before, after, version, cancellationToken))
                continue;
            foreach (var runId in decision.Cancel)
                await CancelAsync(runId, cancellationToken);
            foreach (var start in after.Running())
                await EnsureSubmittedAsync(start, cancellationToken);
            return after;
        }
    }

    private async Task<SubscriptionState> WithEndsAsync(SubscriptionState state, CancellationToken cancellationToken)
    {
        var ended = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in state.Running())
            if (await runs.ReadEndAsync(start.RunId!, cancellationToken) is not null)
                ended.Add(start.RunId!);
        return SubscriptionDecision.Ended(state, ended);
    }

    // A recipe that will not do is written down as a start that failed: to try it again would give the same.
    private async Task<SubscriptionStart> PrepareAsync(Subscription subscription, EventOrder order, CancellationToken cancellationToken)
    {
        try
        {
            var start = new SubscriptionStart(order.EventKey, RunId: null, subscription.Recipe, await starter.VersionOfAsync(subscription.Recipe.Name, cancellationToken));
            var recipe = await RecipeOfAsync(start, cancellationToken);
            await starter.EnsureFeasibleAsync(recipe, cancellationToken);
            return start with { RunId = RunId.Of(recipe) };
        }
        catch (DomainException refused)
        {
            return new SubscriptionStart(order.EventKey, RunId: null, Failure: refused.Failure);
        }
    }

    private async Task EnsureSubmittedAsync(SubscriptionStart start, CancellationToken cancellationToken)
    {
        if (await runs.ReadSubmissionAsync(start.RunId!, cancellationToken) is null)
            await starter.SubmitAsync(await RecipeOfAsync(start, cancellationToken), cancellationToken);
    }

    private async Task<Recipe> RecipeOfAsync(SubscriptionStart start, CancellationToken cancellationToken)
    {
        var (published, _) = (await events.FindAsync(start.EventKey, cancellationToken))!.Value;
        return await starter.ReadAsync(start.Recipe!.Name, start.RecipeVersion!, published.Checkpoint!, start.Recipe.Values(), cancellationToken);
    }

    private async Task CancelAsync(string runId, CancellationToken cancellationToken)
    {
        if (await runs.ReadEndAsync(runId, cancellationToken) is not null)
            return;
        await runs.CancelAsync(runId, cancellationToken);
        await bus.CancelledAsync(runId, cancellationToken);
    }
}
