namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>The waiting for space on a disk was stopped before there was any.</summary>
/// <param name="path">Where the disk is full.</param>
/// <param name="token">What stopped it.</param>
public sealed class DiskStillFullException(string path, CancellationToken token) : OperationCanceledException($"The disk is still full at '{path}'.", token);
