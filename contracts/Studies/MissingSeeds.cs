namespace SparsePipeline.Contracts;

/// <summary>Seeds that a grid is to be run with and was not yet, in a report about what is in the store.</summary>
/// <param name="Grid">Name of the grid.</param>
/// <param name="Seeds">In the study's order.</param>
/// <param name="IsLeftOut">No seed of the grid is complete, so the report does not have the grid.</param>
public sealed record MissingSeeds(string Grid, IReadOnlyList<long> Seeds, bool IsLeftOut);
