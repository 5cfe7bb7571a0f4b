using SparsePipeline.Contracts;
using SparsePipeline.Learning;
using SparsePipeline.Learning.Data;
using SparsePipeline.Planning;
using SparsePipeline.Sparsification;

namespace SparsePipeline.Chaos.Processes;

/// <summary>A small real recipe whose trainings take long enough to be killed in the middle.</summary>
/// <param name="File">Its file.</param>
/// <param name="Recipe">What is submitted.</param>
internal sealed record ChaosRecipe(string File, Recipe Recipe)
{
    /// <summary>Writes the recipe of a seed into a folder.</summary>
    public static ChaosRecipe Write(string folder, int seed) => Of(folder, $"chaos-{seed}", $$"""
        name: chaos
        seed: {{seed}}
        model: { name: mlp }
        data: { name: digits }
        pretraining: { epochs: 40, learningRate: 0.1 }
        sparsification: { sparsity: 0.9, cycles: 1 }
        retraining: { epochs: 15, candidates: 3 }
        evaluation: { baselines: [dense] }
        """);

    /// <summary>Writes a recipe and reads it as the command line does.</summary>
    public static ChaosRecipe Of(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name + ".yaml");
        System.IO.File.WriteAllText(file, text);
        var catalog = new MethodCatalog([.. SparsificationMethods.All, .. LearningMethods.All, .. PlanningMethods.All]);
        var reading = RecipeReader.ReadFile(file, catalog);
        var recipe = reading.Recipe ?? throw new ArgumentException(string.Join('\n', reading.Errors), nameof(text));
        return new ChaosRecipe(file, recipe with { Data = recipe.Data with { Digest = DataSets.Digest(recipe.Data) } });
    }
}
