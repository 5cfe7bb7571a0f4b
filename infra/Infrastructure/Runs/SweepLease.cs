using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Which of the processes sweeps: the one that holds the document <c>sweeps/lease.json</c>. Two at a time waste work and do no harm.</summary>
/// <remarks>
/// The document also counts the sweeps that were finished. So every process knows when the last one was, and takes the lease from a holder that
/// extends it and finishes nothing.
/// </remarks>
public sealed class SweepLease(IObjectStore store, IClaimOwners owners, SweepWatch watch, IOptions<ClaimOptions> options, TimeProvider time)
{
    private const string Path = "sweeps/lease.json";
    private readonly ClaimDocuments _documents = new(store, owners, time);
    private (string? Owner, long Since) _holder;

    /// <summary>Takes or extends the lease; false when another process has it.</summary>
    public async Task<bool> TryHoldAsync(CancellationToken cancellationToken) =>
        await _documents.TryChangeAsync(Path, Take, cancellationToken) is not null;

    /// <summary>Lets another process sweep at once.</summary>
    public Task ReleaseAsync() =>
        _documents.TryChangeAsync(Path, (claim, _) => IsMine(claim) ? Mine(claim) with { Owner = null } : null, CancellationToken.None);

    private Claim? Take(Claim? claim, bool dead)
    {
        if (!IsMine(claim) && claim?.Finished is { } finished)
            watch.Saw(finished);
        else if (!IsMine(claim) && claim?.Owner is not null && !dead)
            watch.Trust();
        return IsMine(claim) || dead || claim?.Owner is null || IsIdle(claim) ? Mine(claim) : null;
    }

    // A holder that does not count is an older version of this program; a new one gets its chance.
    private bool IsIdle(Claim claim)
    {
        if (_holder.Owner != claim.Owner)
            _holder = (claim.Owner, time.GetTimestamp());
        return claim.Finished is not null && watch.IsOverdue && time.GetElapsedTime(_holder.Since) > watch.Limit;
    }

    private bool IsMine(Claim? claim) => claim?.Owner == owners.Mine;

    private Claim Mine(Claim? claim) => (claim ?? new Claim()) with
    {
        Owner = owners.Mine,
        LeaseSeconds = options.Value.LeaseSeconds,
        Finished = Math.Max(claim?.Finished ?? 0, watch.Count),
    };
}
