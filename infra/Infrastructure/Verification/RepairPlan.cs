using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Verification;

/// <summary>What is lost and what would be done about it.</summary>
/// <param name="Lost">Outputs that are missing or damaged.</param>
/// <param name="DamagedResults">Steps whose results cannot be read; they are set aside.</param>
/// <param name="Failures">Failures that came of what is lost, or can be mended besides; they are forgotten.</param>
public sealed record RepairPlan(IReadOnlyList<LostOutput> Lost, IReadOnlyList<string> DamagedResults, IReadOnlyList<StepResult> Failures)
{
    /// <summary>Steps that are computed again because outputs of theirs are lost.</summary>
    public IReadOnlyList<string> Again => [.. Lost.Select(l => l.StepKey).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>What no step makes: it has to be given again.</summary>
    public IReadOnlyList<LostOutput> FromOutside => [.. Lost.Where(l => l.StepKey is null)];

    /// <summary>Whether the run that was looked at has not ended although nobody cancelled it: results were deleted, or a repair did not get as far as going on.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Lost.Count + DamagedResults.Count + Failures.Count == 0 && !IsUnfinished;
}
