namespace SparsePipeline.Contracts;

/// <summary>The document <c>subscriptions/{name}.json</c>: which checkpoints a recipe is run with, and how often.</summary>
public sealed record Subscription
{
    /// <summary>Runs that were begun go on when a newer event comes.</summary>
    public const string Finish = "finish";

    /// <summary>Runs that were begun are cancelled when a newer event comes.</summary>
    public const string Cancel = "cancel";

    public required string Name { get; init; }

    /// <summary>Which events it takes; all must hold.</summary>
    public required EventMatch Match { get; init; }

    public required SubscribedRecipe Recipe { get; init; }

    /// <summary>Runs of it at once.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Seconds that must pass after an event without a newer one before its run is started.</summary>
    public double DebounceSeconds { get; init; }

    /// <summary><see cref="Finish"/> or <see cref="Cancel"/>.</summary>
    public string Superseded { get; init; } = Finish;

    /// <summary>Runs it starts a day (UTC); what is beyond waits for the next.</summary>
    public int MaxPerDay { get; init; } = 24;

    /// <summary>Whether it starts nothing for now; the newest event waits.</summary>
    public bool Paused { get; init; }

    /// <summary>When it was deleted; the document stays, so that nobody takes it for one that never was.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The id of the key it was written with.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}
