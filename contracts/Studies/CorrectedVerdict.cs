namespace SparsePipeline.Contracts;

/// <summary>
/// What is left of a verdict when its claim is one of several: S. Holm, A simple sequentially rejective multiple test procedure,
/// Scandinavian Journal of Statistics 6 (1979), 65–70.
/// </summary>
/// <remarks>
/// The claims of a family are ordered by their p-values, smallest first. The k-th of m is decided at the level 0.05 / (m − k + 1), and with the
/// first that is not decided all after it are not either: they take its level. Holm's procedure holds however the claims of a family depend
/// on each other, and here they do: all are about the same networks.
/// </remarks>
/// <param name="Family">Claims of the family: all of one study on one split.</param>
/// <param name="Step">Place of the claim in the order of p-values, from 1; equal ones in the order of the table.</param>
/// <param name="Level">The level at which it was decided: its interval misses with at most this probability.</param>
/// <param name="PValue">Of the two-sided paired t-test by itself; null for fewer than two seeds.</param>
/// <param name="AdjustedPValue">At most 0.05 when Holm's procedure decides the claim; null with <paramref name="PValue"/>.</param>
/// <param name="Interval">At 1 − <paramref name="Level"/>; null with <paramref name="PValue"/>.</param>
/// <param name="Verdict">One of <see cref="Verdicts"/>, by that interval.</param>
public sealed record CorrectedVerdict(int Family, int Step, double Level, double? PValue, double? AdjustedPValue, Interval? Interval, string Verdict);
