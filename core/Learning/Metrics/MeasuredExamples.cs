using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Metrics;

/// <summary>The part of a data set that is measured on.</summary>
internal static class MeasuredExamples
{
    // Fixed, so that all checkpoints of all runs are measured on the same examples and differences between them stay paired.
    private const long Seed = 0;

    /// <summary>
    /// At most <see cref="EvaluateSpec.Examples"/> of the test split and of each shift, drawn at random since files may be in order of
    /// classes. Training and validation stay whole: soups are chosen on validation.
    /// </summary>
    /// <exception cref="DomainException">The number is below 1.</exception>
    public static DataSplits Of(DataSplits data, EvaluateSpec spec)
    {
        if (spec.Examples is not { } most)
            return data;
        if (most < 1)
            throw new DomainException(FailureCodes.InvalidOption, $"evaluation.examples is {most}.", "Use at least 1, or leave it out for all.");
        return data with { Test = Some(data.Test, most), Shifts = data.Shifts.ToDictionary(s => s.Key, s => Some(s.Value, most), StringComparer.Ordinal) };
    }

    private static Examples Some(Examples split, int most) => split.Count <= most
        ? split
        : split.Select(SeededRandom.Permutation(split.Count, SeedDerivation.Derive(Seed, "measured-examples")).AsSpan(0, most));
}
