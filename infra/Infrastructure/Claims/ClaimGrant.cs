namespace SparsePipeline.Infrastructure.Claims;

/// <summary>A claim that was just taken.</summary>
/// <param name="Attempts">Sittings since the last progress, this one included; at least 1.</param>
/// <param name="LastFault">What the last exception said; null when there was none, as when a worker was killed.</param>
public sealed record ClaimGrant(int Attempts, string? LastFault);
