namespace SparsePipeline.Contracts;

/// <summary>A file that is to be sent.</summary>
/// <param name="Sha256">SHA-256 of the file.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="Format"><c>safetensors</c>; <c>torchscript</c>, which is code, for operators only.</param>
/// <param name="Name">For people.</param>
public sealed record UploadRequest(string Sha256, long SizeBytes, string Format, string? Name = null);
