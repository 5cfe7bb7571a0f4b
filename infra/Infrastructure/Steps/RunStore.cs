using System.Runtime.CompilerServices;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Runs as documents of an object store.</summary>
public sealed class RunStore(IObjectStore store) : IRunStore
{
    /// <inheritdoc />
    public async Task<string> SubmitAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var runId = RunId.Of(recipe);
        await store.TryCreateAsync(RunPaths.Recipe(runId), Documents.Write(recipe), cancellationToken);
        await store.DeleteAsync(RunPaths.Cancelled(runId), cancellationToken);
        return runId;
    }

    /// <inheritdoc />
    public Task<Recipe?> ReadRecipeAsync(string runId, CancellationToken cancellationToken) =>
        store.ReadAsync<Recipe>(RunPaths.Recipe(runId), cancellationToken);

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
    public Task CancelAsync(string runId, CancellationToken cancellationToken) =>
        store.WriteAsync(RunPaths.Cancelled(runId), "{}"u8.ToArray(), cancellationToken);

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
