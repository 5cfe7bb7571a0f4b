namespace SparsePipeline.Contracts;

/// <summary>Command: run this soup step; sent only by whoever holds its claim.</summary>
public sealed record CookSoup
{
    public required string RunId { get; init; }

    public required string StepKey { get; init; }

    public required SoupSpec Spec { get; init; }
}
