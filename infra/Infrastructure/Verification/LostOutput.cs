using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>An output of a step that is not in the store as its result says.</summary>
/// <param name="StepKey">The step that made it and can make it again; null when it came from outside.</param>
/// <param name="Name">Which output, or what it was given as.</param>
/// <param name="Blob">As it should be.</param>
/// <param name="Fault">One of <see cref="BlobFaults"/>.</param>
public sealed record LostOutput(string? StepKey, string Name, ArtifactRef Blob, string Fault);
