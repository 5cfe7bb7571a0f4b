using System.ComponentModel;

namespace SparsePipeline.Contracts;

/// <summary>Everything a run is: what to train, how to prune, retrain, average and evaluate it.</summary>
public sealed record Recipe
{
    /// <summary>Kebab-case name; run ids start with it.</summary>
    public required string Name { get; init; }

    /// <summary>All randomness of the run derives from it.</summary>
    [DefaultValue(1L)]
    public long Seed { get; init; } = 1;

    public required ModelSpec Model { get; init; }

    public required DataSpec Data { get; init; }

    public required PretrainingRecipe Pretraining { get; init; }

    public required SparsificationRecipe Sparsification { get; init; }

    public required RetrainingRecipe Retraining { get; init; }

    public SoupRecipe Soup { get; init; } = new();

    public EvaluationRecipe Evaluation { get; init; } = new();
}
