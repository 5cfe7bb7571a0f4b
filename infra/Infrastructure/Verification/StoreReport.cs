namespace SparsePipeline.Infrastructure.Verification;

/// <summary>What was found of a store.</summary>
/// <param name="IsDeep">Blobs were read and hashed.</param>
/// <param name="Documents">Documents read.</param>
/// <param name="Blobs">Blobs that documents refer to.</param>
/// <param name="Bytes">Their size together.</param>
/// <param name="Problems">In the order of the documents.</param>
public sealed record StoreReport(bool IsDeep, long Documents, long Blobs, long Bytes, IReadOnlyList<StoreProblem> Problems);
