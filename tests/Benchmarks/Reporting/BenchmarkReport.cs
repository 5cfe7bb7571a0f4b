namespace SparsePipeline.Benchmarks;

/// <summary>All figures of one run.</summary>
/// <param name="Arguments">What the command line asked for.</param>
/// <param name="Machine">What it ran on.</param>
/// <param name="Scale">Share of the full size.</param>
/// <param name="Pairs">Paired measurements that were asked for of every ratio; the n of a row says how many there were.</param>
/// <param name="Results">In the order measured.</param>
public sealed record BenchmarkReport(string Arguments, Machine Machine, double Scale, int Pairs, IReadOnlyList<BenchmarkResult> Results);
