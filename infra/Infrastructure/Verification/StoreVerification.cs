using System.Collections.Concurrent;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>Compares what the documents of a store refer to with the blobs there are.</summary>
/// <remarks>
/// Documents are read first and blobs listed afterwards; whatever seems wrong then is looked at again, so that a store may be verified beside
/// running workers. Memory grows with the number of blobs, not with their size.
/// </remarks>
public sealed class StoreVerification(IObjectStore documents, IArtifactStore artifacts)
{
    private const int ReadAtOnce = 8;
    private const int HashAtOnce = 4;
    private readonly ConcurrentDictionary<string, (ArtifactRef Blob, string Document)> _references = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<StoreProblem> _problems = [];
    private long _read;

    /// <summary>Looks at every blob that is referred to.</summary>
    /// <param name="deep">Read and hash them, too.</param>
    /// <param name="progress">Told of every blob that was looked at.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<StoreReport> RunAsync(bool deep, IVerificationProgress? progress, CancellationToken cancellationToken)
    {
        await ReadDocumentsAsync(cancellationToken);
        var bytes = _references.Values.Sum(r => r.Blob.SizeBytes);
        progress?.Begin(_references.Count, bytes);
        var sizes = await SizesAsync(cancellationToken);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = HashAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(_references.Values, limits, async (reference, token) =>
        {
            if (await FaultAsync(reference.Blob, sizes, deep, token) is { } fault && await IsStillReferredToAsync(reference, token))
                _problems.Add(new StoreProblem(fault, reference.Document, reference.Blob));
            progress?.Looked(reference.Blob);
        });
        var problems = _problems.OrderBy(p => p.Document, StringComparer.Ordinal).ThenBy(p => p.Blob?.Digest, StringComparer.Ordinal).ToList();
        return new StoreReport(deep, _read, _references.Count, bytes, problems);
    }

    private async Task ReadDocumentsAsync(CancellationToken cancellationToken)
    {
        var limits = new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(documents.ListAsync("", cancellationToken), limits, async (key, token) =>
        {
            if (IsSetAside(key) || await documents.ReadAsync(key, token) is not { } document)
                return;
            Interlocked.Increment(ref _read);
            var found = ArtifactReferences.In(document.Content);
            if (found is null)
                _problems.Add(new StoreProblem(BlobFaults.Damaged, key, Blob: null));
            foreach (var blob in found ?? [])
                _references.TryAdd(blob.Digest, (blob, key));
        });
    }

    private async Task<Dictionary<string, long>> SizesAsync(CancellationToken cancellationToken)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var blob in artifacts.ListAsync(cancellationToken))
            sizes[blob.Digest] = blob.SizeBytes;
        return sizes;
    }

    private async Task<string?> FaultAsync(ArtifactRef blob, Dictionary<string, long> sizes, bool deep, CancellationToken cancellationToken)
    {
        var listed = sizes.TryGetValue(blob.Digest, out var size) && size == blob.SizeBytes;
        return listed && !deep ? null : await BlobFaults.OfAsync(artifacts, blob, deep, cancellationToken);
    }

    // A resume point may have been replaced meanwhile, a result forgotten.
    private async Task<bool> IsStillReferredToAsync((ArtifactRef Blob, string Document) reference, CancellationToken cancellationToken) =>
        await documents.ReadAsync(reference.Document, cancellationToken) is { } document
        && ArtifactReferences.In(document.Content)?.Contains(reference.Blob) == true;

    // What was damaged once and is kept for people.
    private static bool IsSetAside(string key) => key.Split('/') is ["steps", _, "damaged", _];
}
