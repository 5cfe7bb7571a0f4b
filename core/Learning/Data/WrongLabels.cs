using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data;

/// <summary>Gives a share of the training examples a class that is not theirs.</summary>
/// <remarks>
/// Symmetric noise (Angluin, Laird 1988, "Learning From Noisy Examples"; for networks Zhang et al. 2017, "Understanding deep learning requires rethinking generalization", who draw
/// among all classes): here never the own class, so the share is exactly that of the wrong ones, round(share · n) of n.
/// </remarks>
internal static class WrongLabels
{
    /// <summary>The same examples; of those that are trained on, some with another class.</summary>
    /// <param name="examples">Training and validation examples.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="trained">Numbers of those that are trained on, in the order of the split.</param>
    /// <param name="spec">The data set: share and seed.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/>: the examples have no classes, or there is no other.</exception>
    public static Examples Into(Examples examples, int classes, int[] trained, DataSpec spec)
    {
        if (spec.LabelNoise == 0)
            return examples;
        if (!(spec.LabelNoise is > 0 and < 1) || !HasClasses(examples) || classes < 2)
            throw new DomainException(
                FailureCodes.InvalidOption,
                $"data.labelNoise is {spec.LabelNoise}, and the examples of data set '{spec.Name}' have {(HasClasses(examples) ? classes : 0)} classes.",
                "Give a share in [0, 1) of data with at least two classes, or leave it out.");
        var random = new SeededRandom(SeedDerivation.Derive(spec.SplitSeed, "label-noise"));
        var order = trained.ToArray();
        random.Shuffle<int>(order);
        var wrong = new SortedDictionary<int, int>();
        foreach (var example in order[..(int)Math.Round(spec.LabelNoise * trained.Length)])
            wrong[example] = (examples.ClassOf(example) + 1 + random.NextIndex(classes - 1)) % classes;
        return examples.WithClasses(wrong);
    }

    /// <summary>Whether every example has one class.</summary>
    public static bool HasClasses(Examples examples) => examples.Targets == TargetKinds.Classes && examples.Shape.Positions == 1;
}
