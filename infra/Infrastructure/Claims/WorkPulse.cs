namespace SparsePipeline.Infrastructure.Claims;

/// <summary>Signs of life of the work under a claim; they find their way from wherever bytes move and jobs compute.</summary>
/// <remarks>
/// Ambient, because what moves (a transfer, a job in a runner, a hash) is many calls below the claim and knows nothing of steps. Without a
/// claim above it, a sign says nothing to anybody.
/// </remarks>
internal static class WorkPulse
{
    private static readonly AsyncLocal<HeldClaim?> Claim = new();

    /// <summary>From here on, in this flow and those it starts, signs are told to this claim.</summary>
    public static void Follow(HeldClaim claim) => Claim.Value = claim;

    /// <summary>The work has moved.</summary>
    public static void Beat() => Claim.Value?.Advance();
}
