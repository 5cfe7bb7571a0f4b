namespace SparsePipeline.Contracts;

/// <summary>The soup minus another model of the same runs.</summary>
/// <param name="Model">What is subtracted.</param>
/// <param name="Split">One of <see cref="StudySplits"/>.</param>
/// <param name="Differences">Paired by seed.</param>
public sealed record StudyDifference(string Model, string Split, SeedDifferences Differences);
