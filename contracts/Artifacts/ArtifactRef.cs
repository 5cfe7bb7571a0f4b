namespace SparsePipeline.Contracts;

/// <summary>Names an immutable blob in the artifact store. Messages carry references, never weights.</summary>
/// <param name="Digest">SHA-256 of the bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="SizeBytes">Length in bytes.</param>
/// <param name="Format">One of <see cref="ArtifactFormats"/>.</param>
public sealed record ArtifactRef(string Digest, long SizeBytes, string Format);
