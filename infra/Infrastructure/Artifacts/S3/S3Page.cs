namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>A part of a listing.</summary>
/// <param name="Entries">In ordinal order of their keys.</param>
/// <param name="IsLast">Whether nothing comes after it.</param>
internal sealed record S3Page(IReadOnlyList<S3Entry> Entries, bool IsLast);
