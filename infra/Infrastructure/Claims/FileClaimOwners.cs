using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Claims;

/// <summary>Owners known by the lock file each process holds in the store folder; the kernel frees it however the process ends.</summary>
public sealed class FileClaimOwners(StoreFolder folder) : IClaimOwners
{
    private const string Prefix = "lock:";

    /// <inheritdoc />
    public string Mine => Prefix + folder.Temporary.Id;

    /// <inheritdoc />
    public bool IsGone(string owner) =>
        owner.StartsWith(Prefix, StringComparison.Ordinal) && folder.Temporary.IsGone(owner[Prefix.Length..].Split('/')[0]);
}
