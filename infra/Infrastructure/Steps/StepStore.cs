using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Steps as documents of an object store; all coordination is its conditional writes.</summary>
/// <remarks>
/// Expiry compares this machine's clock with the claimant's, so clocks may differ by less than the lease. When they differ more, or a
/// holder sleeps and wakes late, a step runs twice: that wastes time but cannot harm, because the first result stored is the one that counts.
/// </remarks>
public sealed class StepStore(
    IObjectStore store, IArtifactStore artifacts, IOptions<ClaimOptions> options, IOptions<TrainingSliceOptions> slices,
    IClaimOwners owners, TimeProvider time) : IStepStore
{
    private readonly TimeSpan _lease = TimeSpan.FromSeconds(options.Value.LeaseSeconds);

    // A slice may start again from where it began; a successor reads its start within a lease of taking over.
    private readonly ResumePoints _resumePoints = new(
        store, artifacts, time, TimeSpan.FromSeconds(slices.Value.BudgetSeconds + 2 * options.Value.LeaseSeconds));

    /// <inheritdoc />
    public Task<StepResult?> ReadResultAsync(string key, CancellationToken cancellationToken) =>
        store.ReadAsync<StepResult>(StepPaths.Result(key), cancellationToken);

    /// <inheritdoc />
    public async Task<StepResult> StoreResultAsync(StepResult result, CancellationToken cancellationToken)
    {
        var stored = await store.CreateOrReadAsync(StepPaths.Result(result.Key), result, cancellationToken);
        await _resumePoints.ForgetAsync(result.Key, cancellationToken);
        return stored;
    }

    /// <inheritdoc />
    public async Task ForgetFailureAsync(string key, CancellationToken cancellationToken)
    {
        if (await ReadResultAsync(key, cancellationToken) is { Failure: not null })
            await store.DeleteAsync(StepPaths.Result(key), cancellationToken);
    }

    /// <inheritdoc />
    public Task StoreSpecAsync(string key, StepSpec spec, CancellationToken cancellationToken) =>
        store.TryCreateAsync(StepPaths.Spec(key), Documents.Write(spec), cancellationToken);

    /// <inheritdoc />
    public Task<StepSpec?> ReadSpecAsync(string key, CancellationToken cancellationToken) =>
        store.ReadAsync<StepSpec>(StepPaths.Spec(key), cancellationToken);

    /// <inheritdoc />
    public async Task<bool> TryClaimAsync(string key, string owner, CancellationToken cancellationToken)
    {
        var path = StepPaths.Claim(key);
        while (await store.ReadAsync(path, cancellationToken) is { } document)
        {
            var claim = Documents.Read<Claim>(path, document);
            if (!MayTake(claim, owner))
                return false;
            if (await store.TryReplaceAsync(path, ClaimFor(owner), document.Version, cancellationToken) is null)
                continue;
            if (claim.Owner is not null && claim.Owner != owner)
                StepTelemetry.ClaimExpired();
            return true;
        }
        return await store.TryCreateAsync(path, ClaimFor(owner), cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> HeartbeatAsync(string key, string owner, CancellationToken cancellationToken) =>
        TryChangeOwnAsync(key, owner, () => ClaimFor(owner), cancellationToken);

    /// <inheritdoc />
    public Task ReleaseAsync(string key, string owner, CancellationToken cancellationToken) =>
        TryChangeOwnAsync(key, owner, () => Documents.Write(new Claim(Owner: null, time.GetUtcNow())), cancellationToken);

    /// <inheritdoc />
    public Task SaveProgressAsync(string key, StepProgress progress, CancellationToken cancellationToken) =>
        _resumePoints.SaveAsync(key, progress, cancellationToken);

    /// <inheritdoc />
    public Task<StepProgress?> ReadProgressAsync(string key, CancellationToken cancellationToken) =>
        _resumePoints.ReadAsync(key, cancellationToken);

    // Deleting a claim is not conditional in any store, so giving up replaces it too: a delete could hit the next owner's claim.
    private async Task<bool> TryChangeOwnAsync(string key, string owner, Func<byte[]> content, CancellationToken cancellationToken)
    {
        var path = StepPaths.Claim(key);
        while (await store.ReadAsync(path, cancellationToken) is { } document && Documents.Read<Claim>(path, document).Owner == owner)
        {
            if (await store.TryReplaceAsync(path, content(), document.Version, cancellationToken) is not null)
                return true;
        }
        return false;
    }

    private bool MayTake(Claim claim, string owner) =>
        claim.Owner is null || claim.Owner == owner || claim.ExpiresAt <= time.GetUtcNow() || owners.IsGone(claim.Owner);

    private byte[] ClaimFor(string owner) => Documents.Write(new Claim(owner, time.GetUtcNow() + _lease));
}
