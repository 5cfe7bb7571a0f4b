using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Claims this process holds on steps it computes.</summary>
public sealed class StepClaims(
    IClaimStore claims,
    IRunStore runs,
    IClaimOwners owners,
    IOptions<ClaimOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    /// <summary>Whether this process is about to stop.</summary>
    internal bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Whether the run wants no more work, or this process is about to stop.</summary>
    internal async Task<bool> IsUnwantedAsync(string runId, CancellationToken cancellationToken) =>
        IsStopping || await runs.IsCancelledAsync(runId, cancellationToken);

    /// <summary>Claims a step and keeps the claim alive; null when another holds the step.</summary>
    internal async Task<HeldClaim?> TryHoldAsync(string runId, string key, CancellationToken cancellationToken)
    {
        if (await claims.TryClaimAsync(key, owners.Mine, cancellationToken) is not { } grant)
            return null;
        var interval = TimeSpan.FromSeconds(options.Value.HeartbeatSeconds);
        var standstill = TimeSpan.FromSeconds(options.Value.StandstillSeconds);
        return new HeldClaim(token => BeatAsync(runId, key, token), interval, standstill, time, lifetime.ApplicationStopping) { Grant = grant };
    }

    /// <summary>Extends the claim; false when another worker has taken the step over, as after a long sleep of this process.</summary>
    internal Task<bool> StillHoldsAsync(string key) => claims.HeartbeatAsync(key, owners.Mine, CancellationToken.None);

    /// <summary>Lets others take the step at once. Not cancellable: it is what a stopping process does last.</summary>
    internal Task ReleaseAsync(string key) => claims.ReleaseAsync(key, owners.Mine, CancellationToken.None);

    /// <summary>Lets the step rest after a sitting that stood still; it counts as an attempt.</summary>
    internal Task PauseAsync(string key, string reason) => claims.PauseAsync(key, owners.Mine, reason, CancellationToken.None);

    /// <summary>Lets the step rest until a worker takes it that can do it; it does not count as an attempt.</summary>
    internal Task RestAsync(string key, string reason) => claims.RestAsync(key, owners.Mine, reason, CancellationToken.None);

    private async Task<string?> BeatAsync(string runId, string key, CancellationToken cancellationToken)
    {
        if (!await claims.HeartbeatAsync(key, owners.Mine, cancellationToken))
            return "another worker has taken the step over";
        return await runs.IsCancelledAsync(runId, cancellationToken) ? "the run was cancelled" : null;
    }
}
