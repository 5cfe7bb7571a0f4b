namespace SparsePipeline.Contracts;

/// <summary>The body of every answer that is an error: RFC 9457, with all errors at once.</summary>
public sealed record Problem
{
    /// <summary><c>urn:sparsepipeline:problem:{code}</c> of the first error.</summary>
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What to look for in logs and traces.</summary>
    public required string TraceId { get; init; }

    public required IReadOnlyList<ProblemError> Errors { get; init; }
}
