using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>Holds out validation examples.</summary>
internal static class DataSplitter
{
    /// <summary>
    /// Shuffles the training examples by <see cref="DataSpec.SplitSeed"/>, gives the first share to validation and at most
    /// <see cref="DataSpec.Limit"/> of the rest to training; groups are held out as a whole, so validation is at least the share.
    /// Where the data brings its own validation examples, all others are for training. Inputs are standardised by what is trained on; of parts and of what arrives later,
    /// by the whole of what was there first.
    /// </summary>
    /// <remarks>
    /// Of text the validation share is one piece, whose place the seed decides: windows here and there would each lie between two
    /// that are trained on, and be easier than text that is new.
    /// </remarks>
    public static DataSplits Split(RawData raw, DataSpec spec)
    {
        var held = raw.Validation is null ? (int)Math.Round(raw.Training.Count * spec.Validation) : 0;
        var seed = SeedDerivation.Derive(spec.SplitSeed, "validation-split");
        var order = raw.Training.Shape.Kind == DataKinds.Text
            ? PieceFirst(raw.Training.Count, held, seed)
            : SeededRandom.Permutation(raw.Training.Count, seed);
        if (raw.TrainingGroups is { } groups)
            held = MoveWholeGroupsToTheFront(order, groups, held);
        var kept = Math.Min(spec.Limit ?? int.MaxValue, order.Length - held);
        Check(spec, raw.Training.Count, raw.Validation?.Count ?? held, kept);
        var examples = raw.TrainingGroups is null ? raw.Training : raw.Training.WithGroups(raw.TrainingGroups);
        var all = order[held..(held + kept)];
        examples = WrongLabels.Into(examples, raw.Classes, all, spec);
        var training = examples.Select(TrainingPart.Of(all, raw, spec));
        var first = spec.Part is null && spec.Arrivals is null ? training : examples.Select(TrainingPart.First(all, spec));
        return new DataSplits
        {
            Classes = raw.Classes,
            Training = training,
            Validation = raw.Validation ?? examples.Select(order.AsSpan(0, held)),
            Test = raw.Test,
            Shifts = raw.Shifts,
            Inputs = raw.ScalesAlike ? Standardization.AlikeOf(first) : Standardization.Of(first),
            Labels = raw.Labels,
            Columns = raw.Columns,
            Vocabulary = raw.Vocabulary,
            Tokens = raw.Tokens,
            Target = training.Targets == TargetKinds.Numbers ? TargetScale.Of(first, raw.TargetName) : null,
        };
    }

    /// <summary>Groups come in the order of their first example, until there are as many examples as are wanted; all keep their order otherwise.</summary>
    private static int MoveWholeGroupsToTheFront(int[] order, int[] groups, int wanted)
    {
        var sizes = groups.CountBy(g => g).ToDictionary();
        var chosen = new HashSet<int>();
        var held = 0;
        foreach (var group in order.Select(i => groups[i]))
            if (held < wanted && chosen.Add(group))
                held += sizes[group];
        int[] moved = [.. order.Where(i => chosen.Contains(groups[i])), .. order.Where(i => !chosen.Contains(groups[i]))];
        moved.CopyTo(order, 0);
        return held;
    }

    /// <summary>Neighbours from a random place on, then the others shuffled.</summary>
    private static int[] PieceFirst(int count, int length, long seed)
    {
        var random = new SeededRandom(seed);
        length = Math.Clamp(length, 0, count);
        var start = random.NextIndex(count - length + 1);
        int[] others = [.. Enumerable.Range(0, start), .. Enumerable.Range(start + length, count - start - length)];
        random.Shuffle<int>(others);
        return [.. Enumerable.Range(start, length), .. others];
    }

    private static void Check(DataSpec spec, int examples, int held, int kept)
    {
        if (!(spec.Validation > 0 && spec.Validation <= 0.5))
            throw new DomainException(
                FailureCodes.InvalidOption, $"data.validation is {spec.Validation}.", "Choose a share in (0, 0.5].");
        if (held < 1 || kept < 2)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"data.validation {spec.Validation} and data.limit {spec.Limit} of {examples} examples leave {held} for validation"
                + $" and {kept} for training.",
                "Leave at least one example for validation and two for training: BatchNorm cannot normalise a single one.");
    }
}
