using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Claims;

namespace SparsePipeline.Infrastructure.Collection;

/// <summary>
/// The document <c>sweeps/collection.json</c>, there while blobs are being deleted: one collection at a time, and seen by those who store.
/// </summary>
/// <remarks>
/// A collector looks at a blob's age and deletes it a moment later; a store that relies on that blob may come in between. So the collector
/// writes this notice before it looks, and a store looks for the notice after it made the blob young: one of the two sees the other.
/// </remarks>
public sealed class CollectionNotice(IObjectStore store, IClaimOwners owners, TimeProvider time)
{
    internal const string Key = "sweeps/collection.json";
    private const int LeaseSeconds = 600;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(LeaseSeconds / 10);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly ClaimDocuments _documents = new(store, owners, time);
    private long _written;

    /// <summary>Puts the notice up; throws <see cref="DomainException"/> when another collection is under way.</summary>
    internal async Task BeginAsync(CancellationToken cancellationToken)
    {
        _written = time.GetTimestamp();
        if (await _documents.TryChangeAsync(Key, (claim, dead) => IsUp(claim, dead) ? null : Mine(claim), cancellationToken) is null)
        {
            throw new DomainException(
                FailureCodes.InvalidOption, "Another collection is deleting blobs of this store.",
                $"Wait until it ends; if it was killed, its notice counts for {LeaseSeconds / 60} more minutes.");
        }
    }

    /// <summary>To be called before each deletion: keeps the notice from running out.</summary>
    internal async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_written) < Interval)
            return;
        _written = time.GetTimestamp();
        var renewed = await _documents.TryChangeAsync(Key, (claim, _) => claim?.Owner == owners.Mine ? Mine(claim) : null, cancellationToken);
        if (renewed is null)
            throw new InvalidOperationException("This collection was taken for dead and must not delete any more; start another.");
    }

    /// <summary>Takes the notice down.</summary>
    internal Task EndAsync() =>
        _documents.TryChangeAsync(Key, (claim, _) => claim?.Owner == owners.Mine ? claim! with { Owner = null } : null, CancellationToken.None);

    /// <summary>Returns when no deletion is under way that was begun before the call.</summary>
    /// <remarks>
    /// A collector renews its notice between two deletions, so one that has changed since is about a later look at the blobs, which sees what was
    /// stored. So a collection of hours keeps nobody for longer than its notice counts.
    /// </remarks>
    internal async Task WaitAsync(CancellationToken cancellationToken)
    {
        var first = await RevisionAsync(cancellationToken);
        for (var now = first; now is not null && now == first; now = await RevisionAsync(cancellationToken))
        {
            WorkPulse.Beat();
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    // Null while no collection is deleting.
    private async Task<long?> RevisionAsync(CancellationToken cancellationToken)
    {
        long? revision = null;
        await _documents.TryChangeAsync(Key, Look, cancellationToken);
        return revision;

        Claim? Look(Claim? claim, bool dead)
        {
            revision = IsUp(claim, dead) ? claim!.Revision : null;
            return null;
        }
    }

    private static bool IsUp(Claim? claim, bool dead) => claim?.Owner is not null && !dead;

    private Claim Mine(Claim? claim) => (claim ?? new Claim()) with { Owner = owners.Mine, LeaseSeconds = LeaseSeconds };
}
