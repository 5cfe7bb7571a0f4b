using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>The steps of a recipe's autoencoder.</summary>
internal static class AutoencoderSpecs
{
    /// <summary>What comes into the layer, from the training and the test split.</summary>
    public static CollectSpec Activations(Recipe recipe, AutoencoderRecipe asked, ArtifactRef network) => new()
    {
        AlgorithmVersion = CollectSpec.CurrentVersion,
        Checkpoint = network,
        Model = recipe.Model,
        Data = recipe.Data.ForInputs(cycle: 0),
        Task = recipe.Task,
        Examples = asked.Rows,
        Seed = SeedDerivation.Derive(recipe.Seed, "activations"),
        Activations = new ActivationSample { Layers = [asked.Layer], Rows = asked.Rows, TestRows = asked.Rows },
    };

    /// <summary>The training on what was collected.</summary>
    public static TrainSpec Training(Recipe recipe, AutoencoderRecipe asked, GraphStep activations) => new()
    {
        AlgorithmVersion = TrainSpec.CurrentVersion,
        Model = asked.Model,
        Data = Data(recipe, activations),
        Task = asked.Task,
        Epochs = asked.Epochs,
        Seed = SeedDerivation.Derive(recipe.Seed, "autoencoder"),
        Schedule = asked.Schedule,
        PeakLearningRate = asked.LearningRate,
        BatchSize = asked.BatchSize,
        Optimizer = asked.Optimizer.Name == MethodDefaults.Optimizer ? null : asked.Optimizer,
        Hooks = (asked.Hooks ?? [MethodSpec.Of(MethodDefaults.UnitNorm)]) is { Count: > 0 } hooks ? hooks : null,
    };

    /// <summary>How well it does on activations of the test split.</summary>
    public static EvaluateSpec Evaluation(Recipe recipe, AutoencoderRecipe asked, GraphStep activations, GraphStep autoencoder) => new()
    {
        AlgorithmVersion = EvaluateSpec.CurrentVersion,
        Checkpoint = autoencoder.Checkpoint,
        Model = asked.Model,
        Data = Data(recipe, activations),
        Task = asked.Task,
    };

    private static DataSpec Data(Recipe recipe, GraphStep activations) => new()
    {
        Name = DataSpec.Activations,
        Stored = activations.Output(OutputNames.Statistics),
        Validation = recipe.Data.Validation,
        SplitSeed = recipe.Data.SplitSeed,
    };
}
