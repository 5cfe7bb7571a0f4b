namespace SparsePipeline.Infrastructure.Artifacts.S3;

/// <summary>When a write may happen.</summary>
internal readonly record struct S3Condition(string? Header, string? Value)
{
    public static S3Condition None { get; }

    /// <summary>Only while there is no such object.</summary>
    public static S3Condition Absent { get; } = new("If-None-Match", "*");

    /// <summary>Only while the object has this version.</summary>
    /// <remarks>Without the quotes of an ETag: Ceph takes them for part of it and finds every version changed; others accept both.</remarks>
    public static S3Condition Unchanged(string etag) => new("If-Match", etag.Trim('"'));
}
