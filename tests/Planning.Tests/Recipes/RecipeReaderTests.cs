using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class RecipeReaderTests
{
    [Fact]
    public void The_smallest_recipe_takes_all_defaults()
    {
        var recipe = SmallestRecipe.Read(SmallestRecipe.Text);

        CanonicalJson.Serialize(recipe).ShouldBe(CanonicalJson.Serialize(new Recipe
        {
            Name = "digits",
            Model = new ModelSpec { Name = "mlp" },
            Data = new DataSpec { Name = "digits" },
            Pretraining = new PretrainingRecipe { Epochs = 10, LearningRate = 0.1 },
            Sparsification = new SparsificationRecipe { Sparsity = 0.98 },
            Retraining = new RetrainingRecipe { Epochs = 4 },
        }));
    }

    [Fact]
    public void Everything_a_recipe_can_say_arrives()
    {
        var recipe = SmallestRecipe.Read("""
            name: all-of-it
            seed: 7
            model: {name: mlp, options: {hidden: [32, 16], dropout: 1e-1, batchNorm: true}}
            data: {name: idx, path: /data/mnist, validation: 0.2, splitSeed: 3, limit: 500}
            pretraining: {epochs: 5, learningRate: 0.2, schedule: constant, batchSize: 32, momentum: 0.8, weightDecay: 0}
            sparsification: {method: layer-magnitude, sparsity: 0.9, cycles: 2, schedule: one-shot, allocation: uniform, structure: unstructured, exclude: ["*.bias", "fc2.*"]}
            retraining: {epochs: 3, candidates: 4, schedule: LLR, vary: weight-decay, values: [0, 1e-5, 1e-4, 1e-3], recalibration: 0}
            soup: {method: greedy, quorum: 3, deadlineMinutes: 30, amendLate: true}
            evaluation: {baselines: [dense, imp], corruptions: [fog, blur], severities: [3, 1]}
            """);

        recipe.Seed.ShouldBe(7);
        recipe.Model.Options!["hidden"].EnumerateArray().Select(e => e.GetInt32()).ShouldBe([32, 16]);
        recipe.Model.Options["dropout"].GetDouble().ShouldBe(0.1);
        recipe.Model.Options["batchNorm"].GetBoolean().ShouldBeTrue();
        recipe.Data.ShouldBe(new DataSpec { Name = "idx", Path = "/data/mnist", Validation = 0.2, SplitSeed = 3, Limit = 500 });
        recipe.Pretraining.Schedule.Name.ShouldBe("constant");
        recipe.Pretraining.WeightDecay.ShouldBe(0);
        recipe.Sparsification.Exclude.ShouldBe(["*.bias", "fc2.*"]);
        recipe.Retraining.Values.ShouldBe([0, 1e-5, 1e-4, 1e-3]);
        recipe.Soup.ShouldBe(recipe.Soup with { Quorum = 3, DeadlineMinutes = 30, AmendLate = true });
        recipe.Soup.Method.Name.ShouldBe("greedy");
        recipe.Evaluation.Baselines.ShouldBe(["dense", "imp"]);
        recipe.Evaluation.Corruptions.ShouldBe(["fog", "blur"]);
        recipe.Evaluation.Severities.ShouldBe([3, 1]);
    }

    [Fact]
    public void Options_of_a_data_set_stand_beside_its_name_and_are_left_out_at_their_defaults()
    {
        SmallestRecipe.Read(SmallestRecipe.Text.Replace("name: digits\npre", "name: glyphs\n  options: {side: 16}\npre", StringComparison.Ordinal)).Data.Options!["side"].GetInt32().ShouldBe(16);
        SmallestRecipe.Read(SmallestRecipe.Text.Replace("name: digits\npre", "options: {side: 28}\n  name: glyphs\npre", StringComparison.Ordinal)).Data.Options.ShouldBeNull();
    }

    [Fact]
    public void All_corruptions_are_written_as_one_word_and_read_as_their_names() =>
        SmallestRecipe.Read(SmallestRecipe.Text + "\nevaluation: {corruptions: all}\n").Evaluation.Corruptions.ShouldBe(["blur", "fog"]);

    [Fact]
    public void All_baselines_are_written_as_one_word_and_read_as_their_names() =>
        SmallestRecipe.Read(SmallestRecipe.Text + "\nevaluation: {baselines: all}\n").Evaluation.Baselines.ShouldBe(BaselineNames.All, ignoreOrder: true);

    [Fact]
    public void A_default_that_is_written_out_changes_nothing()
    {
        var plain = SmallestRecipe.Read(SmallestRecipe.Text);
        var explicitly = SmallestRecipe.Read(SmallestRecipe.Text.Replace("model: mlp", "model: {options: {batchNorm: false, hidden: [128, 64]}, name: mlp}", StringComparison.Ordinal)
            + "\n  candidates: 3\n  vary: seed\nsoup:\n  method: uniform\n  amendLate: false\n");

        RunId.Of(explicitly).ShouldBe(RunId.Of(plain));
    }

    [Fact]
    public void A_recipe_written_as_json_reads_back()
    {
        var recipe = SmallestRecipe.Read(SmallestRecipe.Text);

        var read = SmallestRecipe.Read(System.Text.Json.JsonSerializer.Serialize(recipe, ContractJson.Options));

        CanonicalJson.Serialize(read).ShouldBe(CanonicalJson.Serialize(recipe));
    }

    [Fact]
    public void Files_of_a_recipe_are_paths()
    {
        var recipe = SmallestRecipe.Read(SmallestRecipe.Text
            .Replace("model: mlp", "model: {name: torchscript, file: nets/net.pt}", StringComparison.Ordinal)
            .Replace("learningRate: 0.1", "learningRate: 0.1\n  weights: start.safetensors", StringComparison.Ordinal));

        (recipe.Model.File, recipe.Model.Script).ShouldBe(("nets/net.pt", null));
        (recipe.Pretraining.Weights, recipe.Pretraining.Checkpoint).ShouldBe(("start.safetensors", null));
    }
}
