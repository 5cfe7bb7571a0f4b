using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>This machine's copies of blobs, <c>cache/sha256/ab/abcd…</c>, within a budget of bytes.</summary>
/// <remarks>
/// Apart from <c>objects/</c>, because a folder store in the same place has its only copies there. Processes may share a cache:
/// a copy gets its name when it is whole and is never written again. What was used longest ago goes first; what was used within the last
/// hour stays even above the budget, because whoever asked for its path may not have opened it yet. Open and mapped files outlive their name.
/// </remarks>
internal sealed class BlobCache(StoreFolder folder, long budget, TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);
    private static readonly TimeSpan ScanInterval = TimeSpan.FromMinutes(1);
    private readonly BlobVerification _verification = new();
    private readonly Lock _trimming = new();
    private readonly string _root = folder.PathOf("cache/sha256");
    private long? _scanned;

    /// <summary>The copy's path; null when there is none. A copy that was damaged is thrown away.</summary>
    public string? Find(ArtifactRef artifact, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(artifact.Digest));
        if (!file.Exists || file.Length != artifact.SizeBytes)
            return null;
        try
        {
            if (_verification.Verify(file, artifact.Digest, cancellationToken))
            {
                File.SetLastAccessTimeUtc(file.FullName, time.GetUtcNow().UtcDateTime);
                return file.FullName;
            }
            file.Delete();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another process has evicted it meanwhile.
        }
        return null;
    }

    /// <summary>Takes in a file that was hashed to this digest, then makes room; returns where it is.</summary>
    public string Add(string aside, string digest)
    {
        File.SetUnixFileMode(aside, BlobKeys.ReadOnly);
        File.SetLastAccessTimeUtc(aside, time.GetUtcNow().UtcDateTime);
        var path = PathOf(digest);
        _verification.Trust(new FileInfo(aside), path);
        DurableFiles.Replace(aside, path);
        Trim();
        return path;
    }

    /// <summary>Throws the copy away.</summary>
    public void Remove(string digest) => DurableFiles.Delete(PathOf(digest));

    private string PathOf(string digest) => Path.Combine(_root, digest[..2], digest);

    private void Trim()
    {
        lock (_trimming)
        {
            if (_scanned is { } scanned && time.GetElapsedTime(scanned) < ScanInterval)
                return;
            _scanned = time.GetTimestamp();
            var copies = Copies();
            Evict(copies, copies.Sum(c => c.Bytes));
        }
    }

    // Looked at once each: another process that shares the folder may evict at the same time.
    private List<(string Path, long Bytes, DateTime Used)> Copies() =>
        [.. new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(f => BlobKeys.IsDigest(f.Name) && f.Exists).Select(f => (f.FullName, f.Length, f.LastAccessTimeUtc))];

    private void Evict(List<(string Path, long Bytes, DateTime Used)> copies, long bytes)
    {
        var before = time.GetUtcNow().UtcDateTime - Recent;
        foreach (var copy in copies.Where(c => c.Used < before).OrderBy(c => c.Used))
        {
            if (bytes <= budget)
                return;
            File.Delete(copy.Path);
            bytes -= copy.Bytes;
        }
    }
}
