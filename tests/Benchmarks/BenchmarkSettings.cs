namespace SparsePipeline.Benchmarks;

/// <summary>How much to measure.</summary>
/// <param name="Scale">Share of the full size, in (0, 1].</param>
/// <param name="Pairs">Paired measurements of every ratio.</param>
/// <param name="Folder">Where large files go; null chooses.</param>
public sealed record BenchmarkSettings(double Scale, int Pairs, string? Folder);
