namespace SparsePipeline.Infrastructure.Claims;

/// <summary>Who claims steps: names that are unique per process, and whether the process behind a name still exists.</summary>
public interface IClaimOwners
{
    /// <summary>The name this process claims with; workers may append <c>/detail</c>.</summary>
    string Mine { get; }

    /// <summary>
    /// True when the owner is certainly gone, so its claim need not run out first: a killed run goes on at once.
    /// False when it lives or when nothing is known.
    /// </summary>
    bool IsGone(string owner);
}
