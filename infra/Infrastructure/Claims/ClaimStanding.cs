namespace SparsePipeline.Infrastructure.Claims;

/// <summary>What a claim says of its step, for people who look; nobody decides by it.</summary>
/// <param name="Holder">The process that holds the step; null when none does.</param>
/// <param name="IsSent">Whether the step's command is on its way to a worker.</param>
/// <param name="Rests">Why the step rests until its pause is over; null when it does not.</param>
/// <param name="At">When the claim was written last, by the writer's clock.</param>
public sealed record ClaimStanding(string? Holder, bool IsSent, string? Rests, DateTimeOffset At);
