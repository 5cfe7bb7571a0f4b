namespace SparsePipeline.Contracts;

/// <summary>The seeds of a study: what chose a setting never judges it. No seed is in both lists.</summary>
/// <param name="Tuning">Those by which settings were chosen: rates, widths, augmentations; empty when nothing was.</param>
/// <param name="Judging">Those that verdicts rest on, at least one; comparisons are paired by them.</param>
public sealed record StudySeeds(IReadOnlyList<long> Tuning, IReadOnlyList<long> Judging)
{
    /// <summary>The seeds with a role.</summary>
    /// <param name="role">One of <see cref="SeedRoles"/>.</param>
    public IReadOnlyList<long> Of(string role) => role == SeedRoles.Tuning ? Tuning : Judging;
}
