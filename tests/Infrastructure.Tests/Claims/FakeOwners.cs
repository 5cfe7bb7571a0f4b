using SparsePipeline.Infrastructure.Claims;

namespace SparsePipeline.Infrastructure.Tests.Claims;

/// <summary>Owners that are gone when a test says so.</summary>
internal sealed class FakeOwners : IClaimOwners
{
    public HashSet<string> Gone { get; } = new(StringComparer.Ordinal);

    public string Mine { get; init; } = "me";

    public bool IsGone(string owner) => Gone.Contains(owner);
}
