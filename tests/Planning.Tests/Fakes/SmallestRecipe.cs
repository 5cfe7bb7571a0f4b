using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

/// <summary>A recipe with nothing that could be left out, to be changed by a test and read.</summary>
internal static class SmallestRecipe
{
    public const string Text = """
        name: digits
        model: mlp
        data:
          name: digits
        pretraining:
          epochs: 10
          learningRate: 0.1
        sparsification:
          sparsity: 0.98
        retraining:
          epochs: 4
        """;

    /// <summary>What a recipe without errors reads as.</summary>
    public static Recipe Read(string yaml)
    {
        var reading = RecipeReader.Read(yaml, Catalog.Test);
        reading.Errors.ShouldBeEmpty();
        return reading.Recipe.ShouldNotBeNull();
    }

    /// <summary>What is wrong with a recipe that cannot be read.</summary>
    public static IReadOnlyList<RecipeError> Errors(string yaml)
    {
        var reading = RecipeReader.Read(yaml, Catalog.Test);
        reading.Recipe.ShouldBeNull();
        return reading.Errors;
    }
}
