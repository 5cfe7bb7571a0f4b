namespace SparsePipeline.Infrastructure.Collection;

/// <summary>What a collection found and did.</summary>
/// <param name="IsDryRun">Nothing was deleted; the numbers say what would have been.</param>
/// <param name="Documents">Documents read for references.</param>
/// <param name="Referenced">Blobs that something refers to.</param>
/// <param name="Young">Blobs nothing refers to that were stored within the grace period.</param>
/// <param name="Deleted">Blobs that were neither.</param>
/// <param name="Forgotten">Documents that can never matter again.</param>
/// <param name="Aborted">Uploads in parts that were begun before the grace period and never finished.</param>
public sealed record CollectionReport(
    bool IsDryRun, long Documents, CollectedBlobs Referenced, CollectedBlobs Young, CollectedBlobs Deleted, long Forgotten, long Aborted);
