namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>How a write ended.</summary>
/// <param name="ETag">The version it made; null when its condition did not hold.</param>
/// <param name="Repeated">An earlier try of this write may have succeeded unheard, so that its condition failed because of itself.</param>
internal readonly record struct S3Put(string? ETag, bool Repeated);
