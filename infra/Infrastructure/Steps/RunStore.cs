using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Runs as documents of an object store.</summary>
public sealed class RunStore(IObjectStore store, TimeProvider time) : IRunStore
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    /// <inheritdoc />
    public async Task<string> SubmitAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var runId = RunId.Of(recipe);
        await store.TryCreateAsync(RunPaths.Recipe(runId), Documents.Write(recipe), cancellationToken);
        await store.WriteAsync(RunPaths.Submitted(runId), Documents.Write(new Submission(time.GetUtcNow())), cancellationToken);
        await RunTraces.RecordAsync(store, runId, cancellationToken);
        await store.DeleteAsync(RunPaths.Cancelled(runId), cancellationToken);
        await ActivateAsync(runId, cancellationToken);
        return runId;
    }

    /// <inheritdoc />
    public Task<Recipe?> ReadRecipeAsync(string runId, CancellationToken cancellationToken) =>
        store.ReadAsync<Recipe>(RunPaths.Recipe(runId), cancellationToken);

    /// <inheritdoc />
    public async Task<DateTimeOffset?> SubmittedAtAsync(string runId, CancellationToken cancellationToken) =>
        (await store.ReadAsync<Submission>(RunPaths.Submitted(runId), cancellationToken))?.At;

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in store.ListAsync(RunPaths.All, cancellationToken))
        {
            if (RunPaths.RunOf(key) is { } runId)
                yield return runId;
        }
    }

    /// <inheritdoc />
    public Task ActivateAsync(string runId, CancellationToken cancellationToken) =>
        store.WriteAsync(RunPaths.Active(runId), Empty, cancellationToken);

    /// <inheritdoc />
    public Task DeactivateAsync(string runId, CancellationToken cancellationToken) =>
        store.DeleteAsync(RunPaths.Active(runId), cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ListActiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var key in store.ListAsync(RunPaths.AllActive, cancellationToken))
            yield return RunPaths.ActiveRunOf(key);
    }

    /// <inheritdoc />
    public async Task CancelAsync(string runId, CancellationToken cancellationToken)
    {
        await store.WriteAsync(RunPaths.Cancelled(runId), Empty, cancellationToken);
        await DeactivateAsync(runId, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<bool> IsCancelledAsync(string runId, CancellationToken cancellationToken) =>
        await store.ReadAsync(RunPaths.Cancelled(runId), cancellationToken) is not null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> RecordChoiceAsync(
        string runId, string node, IReadOnlyList<string> candidateKeys, CancellationToken cancellationToken) =>
        await store.CreateOrReadAsync(RunPaths.Choice(runId, node), candidateKeys, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<string>?> ReadChoiceAsync(string runId, string node, CancellationToken cancellationToken) =>
        store.ReadAsync<IReadOnlyList<string>>(RunPaths.Choice(runId, node), cancellationToken);
}
