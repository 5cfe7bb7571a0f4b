namespace SparsePipeline.Gateway.Outbox;

/// <summary>The document <c>outbox/cursors/runs/{runId}.json</c>: what was told about a run, so that nothing is told again after its events were deleted.</summary>
internal sealed record RunCursor
{
    /// <summary>Ids of its events, in ordinal order.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>The id of the event of its end; null while it goes on.</summary>
    public string? End { get; init; }

    /// <summary>A number nobody else has: two writers whose documents were equal would both believe they had won.</summary>
    public string? Nonce { get; init; }
}
