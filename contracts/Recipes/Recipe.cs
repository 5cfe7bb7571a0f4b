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

    /// <summary>What the networks are to do, which decides their loss and by what they are compared: see the <c>task</c> axis; null is <c>classification</c>.</summary>
    [MethodAxis(MethodAxes.Task)]
    public MethodSpec? Task { get; init; }

    /// <summary>By what the networks of the task are compared; null for accuracy.</summary>
    [Resolved]
    public MeasureInfo? Measure { get; init; }

    /// <summary>The training the run starts with. Workflows that train nothing dense leave it out.</summary>
    public PretrainingRecipe Pretraining { get; init; } = new() { Epochs = 0 };

    /// <summary>How much is pruned and by what rule. Workflows that prune nothing leave it out.</summary>
    public SparsificationRecipe Sparsification { get; init; } = new() { Sparsity = 0, Cycles = 1, Method = MethodSpec.Of("none") };

    /// <summary>The retraining after every cut. Workflows that retrain nothing leave it out.</summary>
    public RetrainingRecipe Retraining { get; init; } = new() { Epochs = 0, Candidates = 1 };

    public SoupRecipe Soup { get; init; } = new();

    /// <summary>The autoencoder of the workflow <c>sparse-autoencoder</c>; other workflows leave it out.</summary>
    public AutoencoderRecipe? Autoencoder { get; init; }

    public EvaluationRecipe Evaluation { get; init; } = new();

    /// <summary>
    /// Versions other than 1 of the methods that the recipe names by bare names or takes where it names none, <c>AXIS/NAME</c> → version; null when all
    /// are 1.
    /// </summary>
    [Resolved]
    public IReadOnlyDictionary<string, int>? Versions { get; init; }
}
