namespace SparsePipeline.Contracts;

/// <summary>A blob of the store.</summary>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="SizeBytes">Its length.</param>
public sealed record ArtifactAnswer(string Digest, long SizeBytes);
