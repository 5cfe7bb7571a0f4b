using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.Infrastructure.Runs.Index;
using SparsePipeline.Planning;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Runs as documents of an object store.</summary>
public sealed class RunStore(IObjectStore store, TimeProvider time, ILogger<RunStore>? log = null) : IRunStore
{
    private static readonly byte[] Empty = "{}"u8.ToArray();

    // How a run ended, when it was submitted and what it chose are told again: a damaged one counts as none, or one run would keep everybody from listing all.
    private readonly DamagedDocuments _documents = new(store, log ?? NullLogger<RunStore>.Instance);

    /// <inheritdoc />
    public async Task<string> SubmitAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        var runId = RunId.Of(recipe);
        // The graph first: a run that is known has one, whatever happens in between.
        await StoreGraphAsync(runId, GraphCompiler.Compile(recipe), cancellationToken);
        RecipeOfRun.Check(runId, await _documents.CreateOrReadAsync(RunPaths.Recipe(runId), recipe, cancellationToken));
        var now = time.GetUtcNow();
        var first = await FirstSubmissionAsync(runId, cancellationToken) ?? now;
        await store.WriteAsync(RunPaths.Submitted(runId), Documents.Write(new Submission(now, first)), cancellationToken);
        await IndexAsync(runId, first, cancellationToken);
        await RunTraces.RecordAsync(store, runId, cancellationToken);
        await store.DeleteAsync(RunPaths.Cancelled(runId), cancellationToken);
        await ReopenAsync(runId, cancellationToken);
        return runId;
    }

    /// <inheritdoc />
    public async Task IndexAsync(string runId, CancellationToken cancellationToken) =>
        await IndexAsync(runId, await FirstSubmissionAsync(runId, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public async Task<Recipe?> ReadRecipeAsync(string runId, CancellationToken cancellationToken) =>
        await store.ReadAsync(RunPaths.Recipe(runId), cancellationToken) is { } document ? RecipeOfRun.Read(runId, document) : null;

    /// <inheritdoc />
    public async Task<GraphDocument?> ReadGraphAsync(string runId, CancellationToken cancellationToken) =>
        await store.ReadAsync(RunPaths.Graph(runId), cancellationToken) is { } stored ? GraphJson.Read(stored.Content, RunPaths.Graph(runId)) : null;

    /// <inheritdoc />
    public async Task StoreGraphAsync(string runId, GraphDocument graph, CancellationToken cancellationToken)
    {
        var (key, content) = (RunPaths.Graph(runId), GraphJson.Write(graph));
        for (var tries = new ConditionalTries(key); !await store.TryCreateAsync(key, content, cancellationToken); await tries.FailedAsync(cancellationToken))
        {
            // Only the damaged bytes give way, never a graph that another submitter has put in their place and plans by.
            if (await store.ReadAsync(key, cancellationToken) is not { } stored)
                continue;
            if (!IsDamaged(key, stored))
                return;
            await _documents.KeepAsync(key, stored, cancellationToken);
            if (await store.TryReplaceAsync(key, content, stored.Version, cancellationToken) is not null)
                return;
        }
    }

    /// <inheritdoc />
    public async Task<bool> HasUnknownFieldsAsync(string runId, CancellationToken cancellationToken) =>
        await store.ReadAsync(RunPaths.Recipe(runId), cancellationToken) is { } stored && !Documents.IsUnderstood<Recipe>(stored);

    /// <inheritdoc />
    public async Task RecordSubmissionAsync(string runId, string? origin, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var first = await FirstSubmissionAsync(runId, cancellationToken) ?? now;
        await store.WriteAsync(RunPaths.Submitted(runId), Documents.Write(new Submission(at ?? now, first, origin)), cancellationToken);
    }

    /// <inheritdoc />
    public Task<Submission?> ReadSubmissionAsync(string runId, CancellationToken cancellationToken) =>
        _documents.ReadAsync<Submission>(RunPaths.Submitted(runId), cancellationToken);

    /// <inheritdoc />
    public Task RecordWorkAsync(string runId, RunWork work, CancellationToken cancellationToken) =>
        store.WriteAsync(RunPaths.Work(runId), Documents.Write(work), cancellationToken);

    /// <inheritdoc />
    public Task<RunWork?> ReadWorkAsync(string runId, CancellationToken cancellationToken) =>
        _documents.ReadAsync<RunWork>(RunPaths.Work(runId), cancellationToken);

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
        await EndAsync(runId, new RunEnd { State = RunStates.Cancelled, At = time.GetUtcNow() }, cancellationToken);
    }

    /// <inheritdoc />
    /// <remarks>The run is active until the last write is done, so that a sweep makes up for one that was not.</remarks>
    public async Task EndAsync(string runId, RunEnd end, CancellationToken cancellationToken)
    {
        var recorded = await _documents.CreateOrReadAsync(RunPaths.Ended(runId), end, cancellationToken);
        await store.TryCreateAsync(IndexPaths.EndedRun(recorded.State, await FiledAsync(runId, cancellationToken)), Empty, cancellationToken);
        await DeactivateAsync(runId, cancellationToken);
    }

    /// <inheritdoc />
    public Task<RunEnd?> ReadEndAsync(string runId, CancellationToken cancellationToken) =>
        _documents.ReadAsync<RunEnd>(RunPaths.Ended(runId), cancellationToken);

    /// <inheritdoc />
    public async Task ReopenAsync(string runId, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(RunPaths.Ended(runId), cancellationToken) is not null)
        {
            // The entry first: one that stayed would hide the run among those that have ended. A damaged document does not say which one.
            var states = await ReadEndAsync(runId, cancellationToken) is { } end ? [end.State] : RunStates.All;
            var filed = await FiledAsync(runId, cancellationToken);
            foreach (var entry in states.SelectMany(state => new[] { IndexPaths.EndedRun(state, filed), IndexPaths.EndedRun(state, filed with { Time = null }) }))
                await store.DeleteAsync(entry, cancellationToken);
            await store.DeleteAsync(RunPaths.Ended(runId), cancellationToken);
        }
        await ActivateAsync(runId, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<bool> IsCancelledAsync(string runId, CancellationToken cancellationToken) =>
        await store.ReadAsync(RunPaths.Cancelled(runId), cancellationToken) is not null;

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> RecordChoiceAsync(
        string runId, string node, IReadOnlyList<string> candidateKeys, CancellationToken cancellationToken) =>
        _documents.CreateOrReadAsync(RunPaths.Choice(runId, node), candidateKeys, cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<string>?> ReadChoiceAsync(string runId, string node, CancellationToken cancellationToken) =>
        _documents.ReadAsync<IReadOnlyList<string>>(RunPaths.Choice(runId, node), cancellationToken);

    private static bool IsDamaged(string key, StoredObject graph)
    {
        try
        {
            GraphJson.Read(graph.Content, key);
            return false;
        }
        catch (DomainException refused)
        {
            // By one of another version that version plans.
            return refused.Failure.Code == FailureCodes.CorruptArtifact;
        }
    }

    private Task IndexAsync(string runId, DateTimeOffset? first, CancellationToken cancellationToken) =>
        store.TryCreateAsync(IndexPaths.Run(IndexPaths.Of(runId, first)), Empty, cancellationToken);

    private async Task<IndexedRun> FiledAsync(string runId, CancellationToken cancellationToken) => IndexPaths.Of(runId, await FirstSubmissionAsync(runId, cancellationToken));

    private async Task<DateTimeOffset?> FirstSubmissionAsync(string runId, CancellationToken cancellationToken) =>
        await ReadSubmissionAsync(runId, cancellationToken) is { } submission ? submission.First ?? submission.At : null;
}
