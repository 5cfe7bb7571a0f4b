namespace SparsePipeline.Infrastructure.Artifacts;

/// <summary>The store cannot do its work now (disk full, permissions, server down, wrong keys); another try may help once that is mended.</summary>
/// <param name="reason">What was tried and what went wrong, with the path or the address.</param>
/// <param name="remedy">What the operator can do.</param>
/// <param name="inner">The error of the file system or of the request.</param>
public sealed class StoreUnavailableException(string reason, string remedy, Exception inner) : IOException($"{reason} {remedy}", inner)
{
    /// <summary>Where a disk of this machine is full, when that is the reason.</summary>
    public string? FullDisk { get; init; }
}
