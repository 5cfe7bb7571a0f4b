namespace SparsePipeline.Gateway.Adoption;

/// <summary>An object that is to be taken into the store.</summary>
/// <param name="Uri"><c>s3://bucket/key</c>, as it stands; one that ends in <c>/</c> stands for the one safetensors file below it.</param>
/// <param name="Format"><c>safetensors</c>; <c>torchscript</c>, which is code, for operators only.</param>
/// <param name="VersionId">Which version of the object; the present one when left out.</param>
/// <param name="Sha256">What it has to hash to.</param>
public sealed record AdoptionRequest(string Uri, string Format, string? VersionId = null, string? Sha256 = null);
