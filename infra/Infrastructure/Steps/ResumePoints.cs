using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>Resume points of steps: the latest is remembered, older ones and those of finished steps are deleted.</summary>
/// <remarks>
/// A training of hours stores hundreds of them, each as large as its network and optimizer. One that was replaced may still be read by
/// whoever took the step over, or be wanted by a job that starts again in this slice, so it stays for <c>keep</c>. Deleting is done as well as
/// it can be: what a crash leaves behind wastes space and does nothing else.
/// </remarks>
internal sealed class ResumePoints(IObjectStore documents, IArtifactStore artifacts, TimeProvider time, TimeSpan keep)
{
    /// <summary>The latest, or null.</summary>
    public async Task<StepProgress?> ReadAsync(string key, CancellationToken cancellationToken) =>
        await ReadDocumentAsync(key, cancellationToken) is { } document ? new StepProgress(document.ResumePoint, document.Seconds) : null;

    /// <summary>Makes this the latest, then deletes what was replaced long ago.</summary>
    public async Task SaveAsync(string key, StepProgress progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = await ReadDocumentAsync(key, cancellationToken);
        // A repeated training stores the same bytes again: the latest is never among the replaced.
        var replaced = Replaced(before, now).Where(r => r.Digest != progress.ResumePoint.Digest).ToLookup(r => r.At + keep <= now);
        var document = new ProgressDocument(progress.ResumePoint, progress.Seconds, [.. replaced[false]]);
        await documents.WriteAsync(StepPaths.Progress(key), Documents.Write(document), cancellationToken);
        await DeleteAsync(replaced[true].Select(r => r.Digest), cancellationToken);
    }

    /// <summary>Deletes all of them; for a step that has its result, so that nobody needs them any more.</summary>
    public async Task ForgetAsync(string key, CancellationToken cancellationToken)
    {
        if (await documents.ReadAsync(StepPaths.Progress(key), cancellationToken) is not { } stored)
            return;
        var document = Read(key, stored);
        // The document first: a reference to a deleted blob would stop whoever runs the step again. What a damaged one names is left to collection.
        await documents.DeleteAsync(StepPaths.Progress(key), cancellationToken);
        if (document is not null)
            await DeleteAsync([document.ResumePoint.Digest, .. document.Replaced.Select(r => r.Digest)], cancellationToken);
    }

    private static IEnumerable<ReplacedResumePoint> Replaced(ProgressDocument? document, DateTimeOffset now) =>
        document is null ? [] : [.. document.Replaced, new ReplacedResumePoint(document.ResumePoint.Digest, now)];

    /// <summary>What is known about a step's resume points; null when there are none, or when the document is damaged: it is a help, not an input.</summary>
    public static async Task<ProgressDocument?> ReadDocumentAsync(IObjectStore documents, string key, CancellationToken cancellationToken) =>
        await documents.ReadAsync(StepPaths.Progress(key), cancellationToken) is { } stored ? Read(key, stored) : null;

    private static ProgressDocument? Read(string key, StoredObject stored)
    {
        try
        {
            return Documents.Read<ProgressDocument>(StepPaths.Progress(key), stored);
        }
        catch (DomainException)
        {
            return null;
        }
    }

    private Task<ProgressDocument?> ReadDocumentAsync(string key, CancellationToken cancellationToken) =>
        ReadDocumentAsync(documents, key, cancellationToken);

    private async Task DeleteAsync(IEnumerable<string> digests, CancellationToken cancellationToken)
    {
        foreach (var digest in digests.Distinct(StringComparer.Ordinal))
            await artifacts.DeleteAsync(digest, cancellationToken);
    }
}
