namespace SparsePipeline.Contracts;

/// <summary>A subscription and what it has done.</summary>
/// <param name="Subscription">Its rules.</param>
/// <param name="State">What it waits for and has started.</param>
public sealed record SubscriptionAnswer(Subscription Subscription, SubscriptionState State);
