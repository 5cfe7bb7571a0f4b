namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>Does to a bucket what the stores do, and cleans up: to tell why services cannot work with it.</summary>
public sealed class S3Probe(S3ObjectStore documents, S3Bucket bucket, TimeProvider time)
{
    // Where every service may write and delete.
    private const string Prefix = "sweeps/probe/";

    /// <summary>Writes, replaces, reads, lists and deletes a document of its own.</summary>
    /// <exception cref="StoreUnavailableException">One of these is refused, or nobody answers; it says what to do.</exception>
    public async Task<S3ProbeResult> RunAsync(CancellationToken cancellationToken)
    {
        var key = $"{Prefix}{Guid.NewGuid():n}.json";
        try
        {
            var before = time.GetUtcNow();
            var created = await documents.TryCreateAsync(key, "1"u8.ToArray(), cancellationToken);
            var written = await bucket.StatAsync(key, cancellationToken);
            var middle = before + ((time.GetUtcNow() - before) / 2);
            return new(created && await HonoursConditionsAsync(key, cancellationToken), (written?.Modified ?? middle) - middle);
        }
        finally
        {
            await documents.DeleteAsync(key, CancellationToken.None);
        }
    }

    // Claims and results stand on these: the first creator wins, and who replaces must have seen what is there.
    private async Task<bool> HonoursConditionsAsync(string key, CancellationToken cancellationToken)
    {
        var secondCreatorWins = await documents.TryCreateAsync(key, "2"u8.ToArray(), cancellationToken);
        var first = await documents.ReadAsync(key, cancellationToken);
        var replaced = first is not null && await documents.TryReplaceAsync(key, "3"u8.ToArray(), first.Version, cancellationToken) is not null;
        var staleWins = first is not null && await documents.TryReplaceAsync(key, "4"u8.ToArray(), first.Version, cancellationToken) is not null;
        var listed = await documents.ListAsync(Prefix, cancellationToken).ContainsAsync(key, cancellationToken: cancellationToken);
        return !secondCreatorWins && replaced && !staleWins && listed;
    }
}
