namespace SparsePipeline.Contracts;

/// <summary>The document <c>outbox/deliveries/{webhook}/{id}.json</c>: an event on its way to a webhook, and what came of each try.</summary>
public sealed record Delivery
{
    /// <summary>Some try is still to come.</summary>
    public const string Waiting = "waiting";

    /// <summary>The receiver has taken it.</summary>
    public const string Delivered = "delivered";

    /// <summary>No further try is made unless somebody asks for one.</summary>
    public const string Failed = "failed";

    /// <summary>All states.</summary>
    public static IReadOnlyList<string> States { get; } = [Waiting, Delivered, Failed];

    /// <summary>Sorts by when the event was written down.</summary>
    public required string Id { get; init; }

    public required string Webhook { get; init; }

    /// <summary>What is delivered.</summary>
    public required OutgoingEvent Event { get; init; }

    /// <summary><see cref="Waiting"/>, <see cref="Delivered"/> or <see cref="Failed"/>.</summary>
    public required string State { get; init; }

    /// <summary>When the next try is due; null when none is.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Tries that were begun; one whose outcome is missing was cut off by a crash.</summary>
    public int Tries { get; init; }

    /// <summary>What came of the last ones, oldest first.</summary>
    public IReadOnlyList<DeliveryOutcome> Outcomes { get; init; } = [];

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public required string Nonce { get; init; }
}
