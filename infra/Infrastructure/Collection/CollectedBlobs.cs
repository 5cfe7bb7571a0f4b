using System.Runtime.InteropServices;
using SparsePipeline.Infrastructure.Artifacts;

namespace SparsePipeline.Infrastructure.Collection;

/// <summary>How many blobs and how large.</summary>
/// <param name="Count">Number of blobs.</param>
/// <param name="Bytes">Their size together.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CollectedBlobs(long Count, long Bytes)
{
    internal CollectedBlobs With(StoredBlob blob) => new(Count + 1, Bytes + blob.SizeBytes);
}
