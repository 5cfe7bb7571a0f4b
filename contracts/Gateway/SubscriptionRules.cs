namespace SparsePipeline.Contracts;

/// <summary>What <c>PUT /v1/subscriptions/{name}</c> takes; what is null is as the gateway has it by itself.</summary>
public sealed record SubscriptionRules
{
    /// <summary>Which events it takes; all must hold.</summary>
    public required EventMatch Match { get; init; }

    /// <summary>What is run with them.</summary>
    public required SubscribedRecipe Recipe { get; init; }

    /// <summary>Runs of it at once, 1 to 1,000.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Seconds that must pass after an event without a newer one before its run is started, 0 to 86,400.</summary>
    public double? DebounceSeconds { get; init; }

    /// <summary><see cref="Subscription.Finish"/> or <see cref="Subscription.Cancel"/>.</summary>
    public string? Superseded { get; init; }

    /// <summary>Runs it starts a day (UTC), 1 to 100,000.</summary>
    public int? MaxPerDay { get; init; }
}
