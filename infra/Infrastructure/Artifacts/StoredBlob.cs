namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>A blob as the store lists it.</summary>
/// <param name="Digest">SHA-256 in lower-case hexadecimal digits.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="StoredAt">When it was stored last, by the store's clock.</param>
public sealed record StoredBlob(string Digest, long SizeBytes, DateTimeOffset StoredAt);
