namespace SparsePipeline.Contracts;

/// <summary>What one cell says about a claim.</summary>
/// <param name="Cell">Its settings on one line.</param>
/// <param name="Differences">Paired by seed.</param>
/// <param name="Verdict">One of <see cref="Verdicts"/>.</param>
public sealed record StudyClaimCell(string Cell, SeedDifferences Differences, string Verdict);
