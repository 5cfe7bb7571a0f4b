using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>What one candidate's retraining is, apart from the checkpoint it starts from.</summary>
/// <param name="Seed">Batch order and augmentation.</param>
/// <param name="Epochs">Length.</param>
/// <param name="WeightDecay">L2 penalty.</param>
/// <param name="PeakLearningRate">Null takes the dense run's, as the schedule says.</param>
internal sealed record CandidateSettings(long Seed, int Epochs, double WeightDecay, double? PeakLearningRate)
{
    /// <summary>Average over the path of the retraining; null keeps the last weights.</summary>
    public MethodSpec? Averaging { get; init; }

    /// <summary>Its cycle: what data has arrived.</summary>
    public int Cycle { get; init; }

    /// <summary>What part of the data it is trained on; null is that of the data.</summary>
    public DataPart? Part { get; init; }

    /// <summary>
    /// Candidate <paramref name="index"/> of a cycle. It does not depend on how many candidates there are, so more of
    /// them leave the earlier ones as they are; it does depend on the cycle, so that cycles see different batch orders.
    /// Unless the seed is what varies, all candidates share candidate 0's: they differ in one dimension only.
    /// </summary>
    public static CandidateSettings Of(Recipe recipe, int cycle, int index)
    {
        var retraining = recipe.Retraining;
        var seedIndex = retraining.Vary == VariedDimensions.Seed ? index : 0;
        var plain = Plain(recipe, cycle, SeedDerivation.Derive(recipe.Seed, $"cycle-{cycle}/candidate", seedIndex)) with { Part = retraining.Part };
        return retraining.Vary switch
        {
            VariedDimensions.Seed => plain,
            VariedDimensions.WeightDecay => plain with { WeightDecay = Value(retraining, index) },
            VariedDimensions.RetrainLength => plain with { Epochs = (int)Value(retraining, index) },
            VariedDimensions.PeakLearningRate => plain with { PeakLearningRate = Value(retraining, index) },
            _ => throw Refusal(
                $"retraining.vary is '{retraining.Vary}'.", $"Use one of {string.Join(", ", VariedDimensions.All)}."),
        };
    }

    /// <summary>The retraining that the candidates of a cycle start from: what is the same for all of them, and batches in an order of its own.</summary>
    public static CandidateSettings OfAnchor(Recipe recipe, int cycle) => Plain(recipe, cycle, SeedDerivation.Derive(recipe.Seed, $"cycle-{cycle}/anchor"));

    private static CandidateSettings Plain(Recipe recipe, int cycle, long seed) =>
        new(seed, recipe.Retraining.Epochs, recipe.Retraining.WeightDecay ?? recipe.Pretraining.WeightDecay, recipe.Retraining.PeakLearningRate)
        {
            Averaging = recipe.Retraining.Averaging,
            Cycle = cycle,
        };

    private static double Value(RetrainingRecipe retraining, int index) =>
        index < retraining.Values?.Count
            ? retraining.Values[index]
            : throw Refusal(
                $"retraining.values has {retraining.Values?.Count ?? 0} of the {retraining.Candidates} values "
                + $"that candidates varying in {retraining.Vary} need.",
                "Give one value per candidate.");

    private static DomainException Refusal(string reason, string remedy) => new(FailureCodes.InvalidOption, reason, remedy);
}
