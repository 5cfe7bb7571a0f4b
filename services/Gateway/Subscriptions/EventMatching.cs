using SparsePipeline.Contracts;

namespace SparsePipeline.Gateway.Subscriptions;

/// <summary>Whether an event is one that a subscription takes.</summary>
internal static class EventMatching
{
    public static bool Takes(this EventMatch match, CheckpointPublished data) =>
        match.Model == data.Model
        && (match.Tags ?? new Dictionary<string, string>()).All(tag => data.Tags?.GetValueOrDefault(tag.Key) == tag.Value)
        && (match.Metrics ?? new Dictionary<string, string>()).All(bound => data.Metrics?.TryGetValue(bound.Key, out var value) == true && MetricBound.Parse(bound.Value)!.Holds(value));
}
