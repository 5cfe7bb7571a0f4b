using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Claims;

/// <summary>Claims as documents of an object store.</summary>
/// <remarks>
/// A holder that sleeps and wakes late finds its claim taken over at its next heartbeat; what it stores until then does no harm,
/// because a step's result is a function of its key and the first one stored is the one that counts.
/// </remarks>
public sealed class ClaimStore(IObjectStore store, IOptions<ClaimOptions> options, IClaimOwners owners, TimeProvider time) : IClaimStore
{
    private const int LongestReason = 2000;
    private readonly ClaimDocuments _claims = new(store, owners, time);
    private readonly ClaimOptions _options = options.Value;

    /// <inheritdoc />
    public async Task<bool> TryMarkSentAsync(string key, CancellationToken cancellationToken)
    {
        var sent = await ChangeAsync(key, (claim, dead) => claim?.Owner is null || dead ? SentAgain(claim ?? new Claim()) : null, cancellationToken);
        if (sent is { Sends: > 1 })
            StepTelemetry.CommandResent();
        return sent is not null;
    }

    /// <inheritdoc />
    public async Task<ClaimGrant?> TryClaimAsync(string key, string owner, CancellationToken cancellationToken)
    {
        var progress = await ResumePoints.ReadDocumentAsync(store, key, cancellationToken);
        var since = progress?.ResumePoint.Digest;
        var claim = await ChangeAsync(key, (claim, dead) => MayTake(claim, dead, owner) ? Taken(claim ?? new Claim(), owner, since) : null, cancellationToken);
        return claim is null ? null : new ClaimGrant(claim.Attempts, claim.Fault);
    }

    /// <inheritdoc />
    public Task<bool> HeartbeatAsync(string key, string owner, CancellationToken cancellationToken) =>
        ChangeOwnAsync(key, owner, claim => claim, cancellationToken);

    /// <inheritdoc />
    public Task<bool> TryHandOnAsync(string key, string owner, CancellationToken cancellationToken) =>
        ChangeOwnAsync(key, owner, SentAgain, cancellationToken);

    /// <inheritdoc />
    public Task ReleaseAsync(string key, string owner, CancellationToken cancellationToken) =>
        ChangeOwnAsync(key, owner, claim => claim with { Owner = null, Attempts = Math.Max(0, claim.Attempts - 1) }, cancellationToken);

    /// <inheritdoc />
    public Task WithdrawAsync(string key, CancellationToken cancellationToken) =>
        ChangeOwnAsync(key, Claim.Sent, claim => claim with { Owner = null, Sends = Math.Max(0, claim.Sends - 1) }, cancellationToken);

    /// <inheritdoc />
    public Task PauseAsync(string key, string owner, string reason, CancellationToken cancellationToken) =>
        ChangeOwnAsync(key, owner, claim => Pause(claim, reason), cancellationToken);

    /// <inheritdoc />
    public async Task<bool> TryLeaveAsync(string key, string reason, CancellationToken cancellationToken)
    {
        var known = false;
        await ChangeAsync(key, Leave, cancellationToken);
        return known;

        Claim? Leave(Claim? claim, bool dead)
        {
            known = claim is not null;
            return claim?.Owner == Claim.Sent ? Pause(claim, reason) : null;
        }
    }

    /// <inheritdoc />
    public Task RestAsync(string key, string owner, string reason, CancellationToken cancellationToken) =>
        ChangeOwnAsync(key, owner, claim => Pause(claim, reason) with { Attempts = Math.Max(0, claim.Attempts - 1) }, cancellationToken);

    /// <inheritdoc />
    public async Task<ClaimLook> LookAsync(string key, CancellationToken cancellationToken)
    {
        var look = ClaimLook.Free;
        await ChangeAsync(key, GiveUp, cancellationToken);
        return look;

        Claim? GiveUp(Claim? claim, bool dead)
        {
            look = claim?.Owner is null || dead ? ClaimLook.Free : claim.IsHeld ? ClaimLook.Held : ClaimLook.Marked;
            return dead ? claim! with { Owner = null } : null;
        }
    }

    /// <inheritdoc />
    public async Task<ClaimStanding?> StandingAsync(string key, CancellationToken cancellationToken) => await _claims.ReadAsync(StepPaths.Claim(key), cancellationToken) is { } claim
        ? new ClaimStanding(claim.IsHeld ? claim.Owner : null, claim.Owner == Claim.Sent, claim.Owner == Claim.Paused ? claim.Fault : null, claim.At)
        : null;

    /// <inheritdoc />
    public Task ForgetAsync(string key, CancellationToken cancellationToken) =>
        ChangeAsync(key, (claim, _) => claim is null ? null : new Claim(), cancellationToken);

    private static bool MayTake(Claim? claim, bool dead, string owner) => claim is not { IsHeld: true } || claim.Owner == owner || dead;

    // An attempt is a sitting of a new owner: a retry of the one that holds the step already is none.
    private Claim Taken(Claim claim, string owner, string? since)
    {
        var attempts = claim.Owner == owner ? Math.Max(1, claim.Attempts) : claim.Since == since ? claim.Attempts + 1 : 1;
        return claim with
        {
            Owner = owner,
            LeaseSeconds = _options.LeaseSeconds,
            Sends = 0,
            Attempts = attempts,
            Since = since,
            Fault = attempts == 1 ? null : claim.Fault,
        };
    }

    private Claim SentAgain(Claim claim) => claim with { Owner = Claim.Sent, LeaseSeconds = _options.PatienceSeconds(claim.Sends), Sends = claim.Sends + 1 };

    private Claim Pause(Claim claim, string reason) => claim with
    {
        Owner = Claim.Paused,
        LeaseSeconds = _options.PauseSeconds,
        Fault = reason.Length > LongestReason ? reason[..LongestReason] : reason,
    };

    private async Task<bool> ChangeOwnAsync(string key, string owner, Func<Claim, Claim> change, CancellationToken cancellationToken) =>
        await ChangeAsync(key, (claim, _) => claim?.Owner == owner ? change(claim) : null, cancellationToken) is not null;

    private Task<Claim?> ChangeAsync(string key, Func<Claim?, bool, Claim?> decide, CancellationToken cancellationToken) =>
        _claims.TryChangeAsync(StepPaths.Claim(key), decide, cancellationToken);
}
