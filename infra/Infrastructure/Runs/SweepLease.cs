using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Which of the processes sweeps: the one that holds the document <c>sweeps/lease.json</c>. Two at a time waste work and do no harm.</summary>
public sealed class SweepLease(IObjectStore store, IClaimOwners owners, IOptions<ClaimOptions> options, TimeProvider time)
{
    private const string Path = "sweeps/lease.json";
    private readonly ClaimDocuments _documents = new(store, owners, time);

    /// <summary>Takes or extends the lease; false when another process has it.</summary>
    public async Task<bool> TryHoldAsync(CancellationToken cancellationToken) =>
        await _documents.TryChangeAsync(Path, (claim, dead) => IsMine(claim) || dead || claim?.Owner is null ? Mine(claim) : null, cancellationToken)
            is not null;

    /// <summary>Lets another process sweep at once.</summary>
    public Task ReleaseAsync() =>
        _documents.TryChangeAsync(Path, (claim, _) => IsMine(claim) ? claim! with { Owner = null } : null, CancellationToken.None);

    private bool IsMine(Claim? claim) => claim?.Owner == owners.Mine;

    private Claim Mine(Claim? claim) => (claim ?? new Claim()) with { Owner = owners.Mine, LeaseSeconds = options.Value.LeaseSeconds };
}
