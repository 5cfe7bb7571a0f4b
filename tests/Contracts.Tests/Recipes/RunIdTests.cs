namespace SparsePipeline.Contracts.Tests;

public sealed class RunIdTests
{
    private static readonly Recipe Recipe = new()
    {
        Name = "digits",
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Pretraining = new PretrainingRecipe { Epochs = 10, LearningRate = 0.1 },
        Sparsification = new SparsificationRecipe { Sparsity = 0.98 },
        Retraining = new RetrainingRecipe { Epochs = 4 },
    };

    [Fact]
    public void A_run_is_named_by_its_recipe_and_its_digest() => RunId.Of(Recipe).ShouldMatch("^digits-[0-9a-f]{12}$");

    [Fact]
    public void The_same_recipe_is_the_same_run() => RunId.Of(Recipe with { Soup = new SoupRecipe() }).ShouldBe(RunId.Of(Recipe));

    [Fact]
    public void Another_recipe_is_another_run() => RunId.Of(Recipe with { Seed = 2 }).ShouldNotBe(RunId.Of(Recipe));
}
