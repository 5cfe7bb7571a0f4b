namespace SparsePipeline.Infrastructure.Runs.Index;

/// <summary>Some runs of the index, newest first.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Next">Asks for the page after this one; null when there is none.</param>
public sealed record RunPage(IReadOnlyList<ListedRun> Runs, string? Next);
