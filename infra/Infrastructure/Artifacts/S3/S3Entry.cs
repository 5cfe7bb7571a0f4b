namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>An object as the server describes it.</summary>
/// <param name="Key">Its name in the bucket.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">When it was written last, by the server's clock.</param>
internal sealed record S3Entry(string Key, long Length, DateTimeOffset Modified)
{
    /// <summary>The server's name for its content; null where it was not asked for. Of an object written by one request mostly its MD5.</summary>
    public string? ETag { get; init; }
}
