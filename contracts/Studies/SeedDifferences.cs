namespace SparsePipeline.Contracts;

/// <summary>A difference that was measured once per seed.</summary>
/// <param name="BySeed">Difference by seed, in the unit of what is compared.</param>
/// <param name="Mean">Mean over the seeds; 0 when there are none.</param>
/// <param name="Interval">95 % interval of the mean by Student's t over the seeds; null for fewer than two.</param>
public sealed record SeedDifferences(IReadOnlyDictionary<long, double> BySeed, double Mean, Interval? Interval);
