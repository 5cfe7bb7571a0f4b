using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Collection;

/// <summary>Reads every document of the store for the blobs it refers to.</summary>
internal sealed class ReferenceWalk(IObjectStore documents)
{
    // What somebody announced or asked for, and what is over by itself.
    private static readonly string[] Passing = ["uploads/", "requests/"];
    private const int AtOnce = 8;

    /// <summary>The references, how many documents were read, and how many were forgotten (or would be).</summary>
    /// <param name="dryRun">Change nothing.</param>
    /// <param name="before">Uploads and requests that expired earlier are forgotten.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<(References References, long Read, long Forgotten)> RunAsync(bool dryRun, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var references = new References();
        var (read, forgotten) = (0L, 0L);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(documents.ListAsync("", cancellationToken), limits, async (key, token) =>
        {
            if (key == CollectionNotice.Key)
                return;
            if (await IsForgettableAsync(key, before, token))
            {
                Interlocked.Increment(ref forgotten);
                if (!dryRun)
                    await documents.DeleteAsync(key, token);
            }
            else if (await documents.ReadAsync(key, token) is { } document)
            {
                Interlocked.Increment(ref read);
                references.AddFrom(document.Content.Span);
            }
        });
        return (references, read, forgotten);
    }

    // A result with outputs is never deleted, so its step never resumes: a crash left the resume point behind. A failure may be forgotten
    // and its step tried again, and claims say how often that was; they stay.
    private async Task<bool> IsForgettableAsync(string key, DateTimeOffset before, CancellationToken cancellationToken) =>
        Array.Exists(Passing, prefix => key.StartsWith(prefix, StringComparison.Ordinal))
            ? await IsExpiredAsync(key, before, cancellationToken)
            : StepPaths.StepOfProgress(key) is { } step && await IsDoneAsync(step, cancellationToken);

    private async Task<bool> IsExpiredAsync(string key, DateTimeOffset before, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.ReadAsync<Expiry>(key, cancellationToken) is { } expiry && expiry.ExpiresAt < before;
        }
        catch (DomainException)
        {
            return false; // damaged: nothing is known about it
        }
    }

    private async Task<bool> IsDoneAsync(string step, CancellationToken cancellationToken)
    {
        try
        {
            return await documents.ReadAsync<StepResult>(StepPaths.Result(step), cancellationToken) is { Failure: null };
        }
        catch (DomainException)
        {
            return false; // damaged: nothing is known about the step
        }
    }

    // What is read of such a document.
    private sealed record Expiry
    {
        public required DateTimeOffset ExpiresAt { get; init; }
    }
}
