namespace SparsePipeline.Contracts;

/// <summary>How far a published event has come: accepted → verifying → ready → dispatched or unmatched, or rejected from any of them.</summary>
public static class EventStates
{
    /// <summary>It is stored and nothing was done with it yet, or it waits for its upload.</summary>
    public const string Accepted = "accepted";

    /// <summary>Its checkpoint is in the store and is being read.</summary>
    public const string Verifying = "verifying";

    /// <summary>Its checkpoint is sound, and it is being decided what follows from it.</summary>
    public const string Ready = "ready";

    /// <summary>What follows from it was started, or given up for a newer one; the outcomes say which.</summary>
    public const string Dispatched = "dispatched";

    /// <summary>Its checkpoint is sound and nobody wants it.</summary>
    public const string Unmatched = "unmatched";

    /// <summary>It was refused for the reason that stands beside.</summary>
    public const string Rejected = "rejected";

    /// <summary>All of them, in the order of an event's life.</summary>
    public static IReadOnlyList<string> All { get; } = [Accepted, Verifying, Ready, Dispatched, Unmatched, Rejected];

    /// <summary>Whether nothing more will happen.</summary>
    public static bool IsFinal(string state) => state is Dispatched or Unmatched or Rejected;
}
