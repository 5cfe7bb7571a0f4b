namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>An object on its way here.</summary>
/// <param name="Body">Its bytes, to be read once.</param>
/// <param name="Length">How many the server will send.</param>
/// <param name="ETag">Its version.</param>
/// <param name="Guard">To be told of every piece that arrives.</param>
internal sealed record S3Download(Stream Body, long Length, string ETag, StallGuard Guard);
