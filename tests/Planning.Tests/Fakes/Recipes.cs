using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

internal static class Recipes
{
    public static Recipe Digits(int candidates = 3, int cycles = 2, string[]? baselines = null) => new()
    {
        Name = "digits",
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Pretraining = new PretrainingRecipe { Epochs = 10, LearningRate = 0.1 },
        Sparsification = new SparsificationRecipe { Sparsity = 0.96, Cycles = cycles },
        Retraining = new RetrainingRecipe { Epochs = 4, Candidates = candidates },
        Evaluation = new EvaluationRecipe { Baselines = baselines },
    };
}
