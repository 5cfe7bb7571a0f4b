using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Claims this process holds on steps it computes.</summary>
public sealed class StepClaims(
    IStepStore steps,
    IRunStore runs,
    IClaimOwners owners,
    IOptions<ClaimOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    /// <summary>
    /// Claims a step and keeps the claim alive; null when the run is cancelled, the process stops or another holds the step.
    /// </summary>
    internal async Task<HeldClaim?> TryHoldAsync(string runId, string key, CancellationToken cancellationToken)
    {
        if (!await steps.TryClaimAsync(key, owners.Mine, cancellationToken))
            return null;
        if (lifetime.ApplicationStopping.IsCancellationRequested || await runs.IsCancelledAsync(runId, cancellationToken))
        {
            await ReleaseAsync(key);
            return null;
        }
        var interval = TimeSpan.FromSeconds(options.Value.HeartbeatSeconds);
        return new HeldClaim(token => BeatAsync(runId, key, token), interval, time, lifetime.ApplicationStopping);
    }

    /// <summary>Lets others take the step at once. Not cancellable: it is what a stopping process does last.</summary>
    internal Task ReleaseAsync(string key) => steps.ReleaseAsync(key, owners.Mine, CancellationToken.None);

    private async Task<string?> BeatAsync(string runId, string key, CancellationToken cancellationToken)
    {
        if (!await steps.HeartbeatAsync(key, owners.Mine, cancellationToken))
            return "another worker has taken the step over";
        return await runs.IsCancelledAsync(runId, cancellationToken) ? "the run was cancelled" : null;
    }
}
