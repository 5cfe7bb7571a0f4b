namespace SparsePipeline.Contracts;

/// <summary>What came of a try.</summary>
/// <param name="At">When it was begun.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Status">What the receiver answered; null when it did not.</param>
/// <param name="Error">Why it did not succeed.</param>
public sealed record DeliveryOutcome(DateTimeOffset At, double Seconds, int? Status, string? Error);
