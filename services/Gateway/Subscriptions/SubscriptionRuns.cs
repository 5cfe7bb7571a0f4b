using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Subscriptions;

/// <summary>What a subscription has going on.</summary>
internal static class SubscriptionRuns
{
    /// <summary>Starts whose runs have not ended.</summary>
    public static IEnumerable<SubscriptionStart> Running(this SubscriptionState state) => state.Starts.Where(s => s is { RunId: not null, HasEnded: false });
}
