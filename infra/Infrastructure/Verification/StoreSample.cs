using System.Security.Cryptography;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>Looks at a few outputs of a store, drawn by chance, in seconds however large the store is.</summary>
/// <remarks>
/// Step keys are digests, so steps from a place drawn at random are a fair sample. Small stores are listed whole; blobs are hashed until
/// a budget of bytes is used up.
/// </remarks>
public sealed class StoreSample(IObjectStore documents, IStepStore steps, IArtifactStore artifacts)
{
    private const int MostKeys = 2_000;
    private const int Places = 16;
    private const int MostBlobs = 32;
    private const long MostBytes = 256L * 1024 * 1024;

    /// <summary>What was looked at and what is wrong of it.</summary>
    public async Task<StoreReport> LookAsync(CancellationToken cancellationToken)
    {
        var problems = new List<StoreProblem>();
        var (blobs, hashed, bytes) = (0, 0L, 0L);
        foreach (var (document, blob) in await DrawAsync(cancellationToken))
        {
            var deep = hashed + blob.SizeBytes <= MostBytes;
            hashed += deep ? blob.SizeBytes : 0;
            (blobs, bytes) = (blobs + 1, bytes + blob.SizeBytes);
            if (await BlobFaults.OfAsync(artifacts, blob, deep, cancellationToken) is { } fault)
                problems.Add(new StoreProblem(fault, document, blob));
        }
        return new StoreReport(IsDeep: hashed == bytes, Documents: 0, blobs, bytes, problems);
    }

    private async Task<IReadOnlyList<(string Document, ArtifactRef Blob)>> DrawAsync(CancellationToken cancellationToken)
    {
        var keys = await KeysAsync(cancellationToken);
        RandomNumberGenerator.Shuffle(keys.AsSpan());
        var drawn = new List<(string, ArtifactRef)>();
        foreach (var key in keys)
        {
            if (drawn.Count >= MostBlobs)
                break;
            var result = await steps.ReadResultAsync(StepPaths.StepOfResult(key)!, cancellationToken);
            drawn.AddRange(result?.Outputs.Values.Select(blob => (key, blob)) ?? []);
        }
        return [.. drawn.Take(MostBlobs)];
    }

    private async Task<string[]> KeysAsync(CancellationToken cancellationToken)
    {
        var first = await documents.ListAsync(StepPaths.All, cancellationToken).Take(MostKeys).ToArrayAsync(cancellationToken);
        if (first.Length < MostKeys)
            return [.. first.Where(k => StepPaths.StepOfResult(k) is not null)];
        var keys = new List<string>();
        for (var i = 0; i < Places; i++)
        {
            var prefix = StepPaths.All + RandomNumberGenerator.GetHexString(2, lowercase: true);
            await foreach (var key in documents.ListAsync(prefix, cancellationToken).Where(k => StepPaths.StepOfResult(k) is not null).Take(MostBlobs))
                keys.Add(key);
        }
        return [.. keys];
    }
}
