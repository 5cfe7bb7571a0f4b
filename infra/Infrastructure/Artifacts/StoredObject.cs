namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>A document and the version it had when it was read.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Version">Opaque; equal versions mean equal content.</param>
public sealed record StoredObject(ReadOnlyMemory<byte> Content, string Version);
