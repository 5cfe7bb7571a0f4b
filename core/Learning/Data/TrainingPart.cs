using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>Which of the training examples a training is on: those that have arrived, and of them a part.</summary>
internal static class TrainingPart
{
    private const string Classes = "classes";
    private const string Writers = "writers";
    private const string Families = "families";

    /// <summary>The examples by whose inputs all are standardised: what was there first, whatever part of it is trained on.</summary>
    /// <param name="all">Numbers of the training examples, in the order of the split.</param>
    /// <param name="spec">The data set.</param>
    public static int[] First(int[] all, DataSpec spec) => spec.Arrivals is [var first, ..] ? all[..Count(first, all.Length)] : all;

    /// <summary>The examples that are trained on, in the same order.</summary>
    /// <param name="all">Numbers of the training examples, in the order of the split.</param>
    /// <param name="raw">What is known of them.</param>
    /// <param name="spec">The data set.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: nothing is known by which the part is chosen, a value is unknown, or hardly anything is left.</exception>
    public static int[] Of(int[] all, RawData raw, DataSpec spec)
    {
        var there = spec.Arrivals is [.., var last] ? all[..Count(last, all.Length)] : all;
        if (spec.Part is not { } part)
            return there;
        IEnumerable<int> chosen = part.Share is { } share ? Between(there, share) : there;
        if (part.Classes is { } classes)
            chosen = Where(chosen, Classes, classes, ClassesOf(raw), spec);
        if (part.Writers is { } writers)
            chosen = Where(chosen, Writers, writers, raw.Attributes.GetValueOrDefault(Writers), spec);
        if (part.Families is { } families)
            chosen = Where(chosen, Families, families, raw.Attributes.GetValueOrDefault(Families), spec);
        int[] left = [.. chosen];
        return left.Length >= 2 ? left : throw new DomainException(
            FailureCodes.InvalidOption, $"The part of data set '{spec.Name}' has {left.Length} of its {all.Length} training examples.", "Leave at least two: BatchNorm cannot normalise a single one.");
    }

    private static int Count(double share, int all) => (int)Math.Round(share * all);

    private static int[] Between(int[] there, IReadOnlyList<double> share) => share is [var from, var to] && from < to
        ? there[Count(from, there.Length)..Count(to, there.Length)]
        : throw new DomainException(FailureCodes.InvalidOption, $"The share of a part is [{string.Join(", ", share)}].", "Give where it begins and where it ends, such as [0, 0.5].");

    private static IEnumerable<int> Where(IEnumerable<int> examples, string attribute, IReadOnlyList<string> wanted, ExampleAttribute? known, DataSpec spec)
    {
        if (known is null)
            throw new DomainException(FailureCodes.InvalidOption, $"The data set '{spec.Name}' does not say of its examples which {attribute} they are of.", "Choose the part by something else.");
        var names = known.Names.ToList();
        if (wanted.FirstOrDefault(w => !names.Contains(w)) is { } unknown)
            throw new DomainException(
                FailureCodes.InvalidOption, $"No training example of data set '{spec.Name}' is of the {attribute} '{unknown}'.", NameSuggestion.For(unknown, names));
        var numbers = wanted.Select(w => names.IndexOf(w)).ToHashSet();
        return examples.Where(e => numbers.Contains(known.Of[e]));
    }

    private static ExampleAttribute? ClassesOf(RawData raw) =>
        WrongLabels.HasClasses(raw.Training) ? new(raw.Labels, [.. Enumerable.Range(0, raw.Training.Count).Select(raw.Training.ClassOf)]) : null;
}
