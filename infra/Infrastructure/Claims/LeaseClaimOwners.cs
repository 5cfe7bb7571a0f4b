namespace SparsePipeline.Infrastructure.Claims;

/// <summary>Owners on machines that share nothing but a bucket: known by their lease alone, so one that was killed is waited for.</summary>
public sealed class LeaseClaimOwners : IClaimOwners
{
    /// <inheritdoc />
    public string Mine { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <inheritdoc />
    public bool IsGone(string owner) => false;
}
