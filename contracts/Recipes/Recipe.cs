using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Contracts;

/// <summary>Everything a run is: what to train, how to prune, retrain, average and evaluate it.</summary>
public sealed record Recipe
{
    /// <summary>Kebab-case name; run ids start with it.</summary>
    [RegularExpression("[a-z0-9]+(-[a-z0-9]+)*", ErrorMessage = "Write small letters, digits and single hyphens, as in 'my-run'."), StringLength(64)]
    public required string Name { get; init; }

    /// <summary>All randomness of the run derives from it.</summary>
    [Range(0L, long.MaxValue)]
    [DefaultValue(1L)]
    public long Seed { get; init; } = 1;

    /// <summary>Which steps the run consists of: see the <c>workflow</c> axis; null is <c>sparse-model-soups</c>.</summary>
    [MethodAxis(MethodAxes.Workflow)]
    public MethodSpec? Workflow { get; init; }

    [MethodAxis(MethodAxes.Model)]
    public required ModelSpec Model { get; init; }

    public required DataSpec Data { get; init; }

    public required PretrainingRecipe Pretraining { get; init; }

    public required SparsificationRecipe Sparsification { get; init; }

    public required RetrainingRecipe Retraining { get; init; }

    public SoupRecipe Soup { get; init; } = new();

    public EvaluationRecipe Evaluation { get; init; } = new();
}
