using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Cli.Files;

/// <summary>Keeps the largest of millions of blobs that are reported, one at a time.</summary>
internal sealed class LargestBlobs : IProgress<StoredBlob>
{
    private const int Kept = 20;
    private readonly PriorityQueue<StoredBlob, long> _smallestFirst = new();

    public void Report(StoredBlob value)
    {
        _smallestFirst.Enqueue(value, value.SizeBytes);
        if (_smallestFirst.Count > Kept)
            _smallestFirst.Dequeue();
    }

    /// <summary>The largest first.</summary>
    public IReadOnlyList<StoredBlob> InOrder() =>
        [.. _smallestFirst.UnorderedItems.Select(i => i.Element).OrderByDescending(b => b.SizeBytes).ThenBy(b => b.Digest, StringComparer.Ordinal)];
}
