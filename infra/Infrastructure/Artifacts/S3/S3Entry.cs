namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>An object as the server describes it.</summary>
/// <param name="Key">Its name in the bucket.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">When it was written last, by the server's clock.</param>
internal sealed record S3Entry(string Key, long Length, DateTimeOffset Modified);
