using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Claims;

/// <summary>Which of several processes does what one does for all: the one that holds a document. Two at a time must do no harm.</summary>
/// <param name="path">Key of the document.</param>
/// <param name="store">Where it is.</param>
/// <param name="owners">Who this process is.</param>
/// <param name="options">How long a holder may be silent.</param>
/// <param name="time">Clock.</param>
public sealed class SoleHolder(string path, IObjectStore store, IClaimOwners owners, IOptions<ClaimOptions> options, TimeProvider time)
{
    private readonly ClaimDocuments _documents = new(store, owners, time);
    private long? _extendedAt;

    /// <summary>Takes or extends it; false when another process has it. To ask often costs nothing: it is extended once per heartbeat.</summary>
    public async Task<bool> TryHoldAsync(CancellationToken cancellationToken)
    {
        if (_extendedAt is { } at && time.GetElapsedTime(at) < TimeSpan.FromSeconds(options.Value.HeartbeatSeconds))
            return true;
        var now = time.GetTimestamp();
        var isMine = await _documents.TryChangeAsync(path, (claim, dead) => claim?.Owner is null || dead || IsMine(claim) ? Mine(claim) : null, cancellationToken) is not null;
        _extendedAt = isMine ? now : null;
        return isMine;
    }

    /// <summary>Lets another process have it at once.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken)
    {
        _extendedAt = null;
        return _documents.TryChangeAsync(path, (claim, _) => IsMine(claim) ? Mine(claim) with { Owner = null } : null, cancellationToken);
    }

    private bool IsMine(Claim? claim) => claim?.Owner == owners.Mine;

    private Claim Mine(Claim? claim) => (claim ?? new Claim()) with { Owner = owners.Mine, LeaseSeconds = options.Value.LeaseSeconds };
}
