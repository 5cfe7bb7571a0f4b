using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>Something in a store that is not as it should be.</summary>
/// <param name="Fault">One of <see cref="BlobFaults"/>.</param>
/// <param name="Document">A document that refers to the blob, or the one that is damaged itself.</param>
/// <param name="Blob">The blob; null when the document is no JSON.</param>
public sealed record StoreProblem(string Fault, string Document, ArtifactRef? Blob);
