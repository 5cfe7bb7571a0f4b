using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Steps as documents of an object store; the first result stored is the one that counts.</summary>
public sealed class StepStore(
    IObjectStore store, IArtifactStore artifacts, DamagedResults damaged, IOptions<ClaimOptions> options, IOptions<TrainingSliceOptions> slices,
    TimeProvider time) : IStepStore
{
    // A slice may start again from where it began; a successor reads its start within a lease of taking over.
    private readonly ResumePoints _resumePoints = new(
        store, artifacts, time, TimeSpan.FromSeconds(slices.Value.BudgetSeconds + 2 * options.Value.LeaseSeconds));

    /// <inheritdoc />
    public Task<StepResult?> ReadResultAsync(string key, CancellationToken cancellationToken) =>
        damaged.ReadAsync(key, cancellationToken);

    /// <inheritdoc />
    public async Task<StepResult> StoreResultAsync(StepResult result, CancellationToken cancellationToken)
    {
        // The first that can be read is the one that counts; a damaged one gives way, under a condition, and its bytes are kept.
        var stored = await store.CreateOrReadAsync(
            StepPaths.Result(result.Key), result, document => damaged.Read(result.Key, document),
            document => damaged.KeepAsync(result.Key, document, cancellationToken), cancellationToken);
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
    public Task DeleteResultAsync(string key, CancellationToken cancellationToken) => store.DeleteAsync(StepPaths.Result(key), cancellationToken);

    /// <inheritdoc />
    public Task StoreSpecAsync(string key, StepSpec spec, CancellationToken cancellationToken) =>
        store.TryCreateAsync(StepPaths.Spec(key), Documents.Write(spec), cancellationToken);

    /// <inheritdoc />
    public Task<StepSpec?> ReadSpecAsync(string key, CancellationToken cancellationToken) =>
        store.ReadAsync<StepSpec>(StepPaths.Spec(key), cancellationToken);

    /// <inheritdoc />
    public Task SaveProgressAsync(string key, StepProgress progress, CancellationToken cancellationToken) =>
        _resumePoints.SaveAsync(key, progress, cancellationToken);

    /// <inheritdoc />
    public Task<StepProgress?> ReadProgressAsync(string key, CancellationToken cancellationToken) =>
        _resumePoints.ReadAsync(key, cancellationToken);
}
