namespace SparsePipeline.Infrastructure.Steps;

/// <summary>The document <c>steps/{key}/claim.json</c>.</summary>
/// <param name="Owner">Who works on the step; null when it was given up.</param>
/// <param name="ExpiresAt">From then on anybody may take it over.</param>
internal sealed record Claim(string? Owner, DateTimeOffset ExpiresAt);
