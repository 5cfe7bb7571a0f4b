using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class RecipeReaderTests
{
    private const string Smallest = """
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

    [Fact]
    public void The_smallest_recipe_takes_all_defaults()
    {
        var recipe = Read(Smallest);

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
        var recipe = Read("""
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
        Read(Smallest.Replace("name: digits\npre", "name: glyphs\n  options: {side: 16}\npre", StringComparison.Ordinal)).Data.Options!["side"].GetInt32().ShouldBe(16);
        Read(Smallest.Replace("name: digits\npre", "options: {side: 28}\n  name: glyphs\npre", StringComparison.Ordinal)).Data.Options.ShouldBeNull();
    }

    [Fact]
    public void All_corruptions_are_written_as_one_word_and_read_as_their_names() =>
        Read(Smallest + "\nevaluation: {corruptions: all}\n").Evaluation.Corruptions.ShouldBe(["blur", "fog"]);

    [Fact]
    public void All_baselines_are_written_as_one_word_and_read_as_their_names() =>
        Read(Smallest + "\nevaluation: {baselines: all}\n").Evaluation.Baselines.ShouldBe(BaselineNames.All, ignoreOrder: true);

    [Fact]
    public void An_average_that_random_pruning_would_cut_again_is_refused() =>
        Errors($"{Smallest.Replace("sparsity: 0.98", "sparsity: 0.98\n  method: random", StringComparison.Ordinal)}\nevaluation: {{baselines: all}}\n")
            .ShouldHaveSingleItem().ToString().ShouldContain("'imp-reprune' keeps what the pruner finds important");

    [Theory]
    [InlineData("{corruptions: fog}", "evaluation.corruptions: The value is 'fog'. Write a list, [a, b, c], or all.")]
    [InlineData("{baselines: imp}", "evaluation.baselines: The value is 'imp'. Write a list, [a, b, c], or all.")]
    [InlineData("{corruptions: [frog]}", "evaluation.corruptions[0]: There is no corruption 'frog'. Did you mean 'fog'? Known: blur, fog.")]
    [InlineData("{corruptions: []}", "evaluation.corruptions: The list is empty. Name at least one, or remove the line.")]
    [InlineData("{corruptions: [fog, fog]}", "evaluation.corruptions: The list has fog 2 times. Name each once.")]
    [InlineData("{corruptions: all, severities: [0]}", "evaluation.severities[0]: The value is 0. It must be at least 1 and at most 5.")]
    [InlineData("{corruptions: all, severities: [2, 2]}", "evaluation.severities: The list has 2 2 times. Name each once.")]
    [InlineData("{severities: [2]}", "evaluation.severities: Severities without corruptions change nothing. Set evaluation.corruptions too, to names or to 'all', or remove this line.")]
    public void Corruptions_that_make_no_sense_are_refused(string evaluation, string error) =>
        Errors($"{Smallest}\nevaluation: {evaluation}\n").ShouldHaveSingleItem().ToString().ShouldEndWith(error);

    [Theory]
    [InlineData("0")]
    [InlineData("1025")]
    public void A_batch_to_time_out_of_its_range_is_refused(string batch) =>
        Errors($"{Smallest}\nevaluation: {{latencyBatch: {batch}}}\n").ShouldHaveSingleItem().ToString().ShouldEndWith(
            $"evaluation.latencyBatch: The value is {batch}. It must be at least 1 and at most 1024.");

    [Fact]
    public void A_default_that_is_written_out_changes_nothing()
    {
        var plain = Read(Smallest);
        var explicitly = Read(Smallest.Replace("model: mlp", "model: {options: {batchNorm: false, hidden: [128, 64]}, name: mlp}", StringComparison.Ordinal)
            + "\n  candidates: 3\n  vary: seed\nsoup:\n  method: uniform\n  amendLate: false\n");

        RunId.Of(explicitly).ShouldBe(RunId.Of(plain));
    }

    [Fact]
    public void A_recipe_written_as_json_reads_back()
    {
        var recipe = Read(Smallest);

        var read = Read(System.Text.Json.JsonSerializer.Serialize(recipe, ContractJson.Options));

        CanonicalJson.Serialize(read).ShouldBe(CanonicalJson.Serialize(recipe));
    }

    [Fact]
    public void Files_of_a_recipe_are_paths()
    {
        var recipe = Read(Smallest
            .Replace("model: mlp", "model: {name: torchscript, file: nets/net.pt}", StringComparison.Ordinal)
            .Replace("learningRate: 0.1", "learningRate: 0.1\n  weights: start.safetensors", StringComparison.Ordinal));

        (recipe.Model.File, recipe.Model.Script).ShouldBe(("nets/net.pt", null));
        (recipe.Pretraining.Weights, recipe.Pretraining.Checkpoint).ShouldBe(("start.safetensors", null));
    }

    [Fact]
    public void All_errors_come_at_once_each_with_its_line_and_remedy()
    {
        var errors = Errors("""
            name: Digits
            model: {name: mpl}
            data:
              name: digits
              validaton: 0.1
            pretraining:
              epochs: "10"
              learningRate: 0
            sparsification:
              method: {name: global-magnitude, options: {p: 2}}
              sparsity: 1
            retraining:
              epochs: 4
              vary: weight-decy
            soup:
              quorum: 4
            """);

        errors.Select(WithoutKnownFields).ShouldBe(
        [
            "1:7: name: The value is 'Digits'. It must match [a-z0-9]+(-[a-z0-9]+)*.",
            "2:15: model.name: There is no model 'mpl'. Did you mean 'mlp'? Known: external, mlp, torchscript.",
            "5:3: data.validaton: There is no such field. Did you mean 'validation'? Known: …",
            "7:11: pretraining.epochs: The value is the text \"10\". Write a whole number, without quotes.",
            "8:17: pretraining.learningRate: The value is 0. It must be above 0 and at most 1000.",
            "10:46: sparsification.method.options.p: The pruner 'global-magnitude' has no such option. It has none.",
            "11:13: sparsification.sparsity: The value is 1. It must be at least 0 and below 1.",
            "14:9: retraining.vary: The value is 'weight-decy'. Did you mean 'weight-decay'? Known: seed, weight-decay, retrain-length, peak-learning-rate.",
            "16:11: soup.quorum: The quorum is 4, but there are 3 candidates. Use at most 3.",
        ]);
    }

    [Fact]
    public void Missing_fields_are_named_where_they_belong()
    {
        var errors = Errors("name: x\ndata: {}\npretraining:\n  learningRate: 0.1\nsparsification: {sparsity: 0.5}\nretraining: {epochs: 1}\n");

        errors.Select(e => e.ToString()).ShouldBe(
        [
            "1:1: model: The field is missing. Add 'model:'; it has no default.",
            "2:7: data.name: The field is missing. Add 'name:'; it has no default.",
            "4:3: pretraining.epochs: The field is missing. Add 'epochs:'; it has no default.",
        ]);
    }

    [Theory]
    [InlineData("epochs: 4", "epochs: 4.5", "retraining.epochs", "The value is '4.5'.")]
    [InlineData("epochs: 4", "epochs:", "retraining.epochs", "There is no value.")]
    [InlineData("epochs: 4", "epochs: [4]", "retraining.epochs", "The value is a list.")]
    [InlineData("epochs: 4", "epochs: 99999999999", "retraining.epochs", "The value is '99999999999'.")]
    [InlineData("learningRate: 0.1", "learningRate: .inf", "pretraining.learningRate", "The value is '.inf'.")]
    [InlineData("learningRate: 0.1", "learningRate: NaN", "pretraining.learningRate", "The value is 'NaN'.")]
    [InlineData("sparsity: 0.98", "sparsity: 98%", "sparsification.sparsity", "The value is '98%'.")]
    [InlineData("sparsity: 0.98", "sparsity: 0.98\n  cycles: 0", "sparsification.cycles", "The value is 0.")]
    [InlineData("sparsity: 0.98", "sparsity: 0.98\n  exclude: fc*", "sparsification.exclude", "The value is 'fc*'.")]
    [InlineData("model: mlp", "model: [mlp]", "model", "The value is a list without a method's name.")]
    [InlineData("model: mlp", "model: {name: mlp, hidden: [3]}", "model.hidden", "There is no such field.")]
    [InlineData("model: mlp", "model: {name: mlp, options: {hidden: [0]}}", "model.options.hidden", "The value is 0.")]
    [InlineData("model: mlp", "model: {name: mlp, options: {hidden: 3}}", "model.options.hidden", "The value is '3'.")]
    [InlineData("model: mlp", "model: {name: mlp, options: {batchNorm: yes}}", "model.options.batchNorm", "The value is 'yes'.")]
    [InlineData("  name: digits\npre", "  name: glyphs\n  options: {side: 7}\npre", "data.options.side", "The value is 7.")]
    [InlineData("  name: digits\npre", "  name: glyphs\n  options: 7\npre", "data.options", "The value is '7'.")]
    [InlineData("  name: digits\npre", "  name: digits\n  options: {side: 7}\npre", "data.options.side", "The data 'digits' has no such option.")]
    [InlineData("model: mlp", "model: external", "model.options.path", "The model 'external' needs this option.")]
    [InlineData("model: mlp", "model: torchscript", "model.file", "The model 'torchscript' is read from a file.")]
    [InlineData("model: mlp", "model: {name: torchscript, file: }", "model.file", "The model 'torchscript' is read from a file.")]
    [InlineData("model: mlp", "model: {name: torchscript, file: [a.pt]}", "model.file", "The model 'torchscript' is read from a file.")]
    [InlineData("model: mlp", "model: {name: mlp, file: a.pt}", "model.file", "The model 'mlp' is built in and reads no file.")]
    [InlineData("model: mlp", "model: {name: torchscript, file: a.pt, script: b}", "model.script", "There is no such field.")]
    [InlineData("learningRate: 0.1", "learningRate: 0.1\n  checkpoint: {digest: a}", "pretraining.checkpoint", "There is no such field.")]
    [InlineData("data:\n  name: digits", "data: digits", "data", "The value is 'digits'.")]
    public void A_wrong_value_is_refused(string right, string wrong, string field, string reason)
    {
        var error = Errors(Smallest.Replace(right, wrong, StringComparison.Ordinal)).ShouldHaveSingleItem();

        (error.Field, error.Reason).ShouldBe((field, reason));
        error.Remedy.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("vary: weight-decay", "retraining.vary", "Candidates vary in weight-decay, but retraining.values is missing.")]
    [InlineData("values: [1, 2, 3]", "retraining.values", "Candidates vary in their seed, which is derived.")]
    [InlineData("vary: retrain-length\n  values: [1, 2]", "retraining.values", "There are 2 values for 3 candidates.")]
    [InlineData("vary: retrain-length\n  values: [1, 2, 2]", "retraining.values", "Two candidates have the same value, so they would be the same network.")]
    [InlineData("vary: retrain-length\n  values: [1, 2, 2.5]", "retraining.values[2]", "The value is 2.5.")]
    [InlineData("vary: peak-learning-rate\n  values: [0, 1, 2]", "retraining.values[0]", "The value is 0.")]
    [InlineData("vary: peak-learning-rate\n  values: [3, 1, 2]\n  schedule: ALLR", "retraining.vary", "Candidates vary in peak-learning-rate, but the schedule is ALLR.")]
    [InlineData("vary: weight-decay\n  values: [0, 1, 0.5]\n  weightDecay: 0.1", "retraining.weightDecay", "Candidates vary in weight-decay, so this value would not be used.")]
    [InlineData("vary: peak-learning-rate\n  values: [3, 1, 2]\n  peakLearningRate: 1", "retraining.peakLearningRate", "Candidates vary in peak-learning-rate, so this value would not be used.")]
    [InlineData("schedule: FT\n  peakLearningRate: 1", "retraining.peakLearningRate", "The schedule is FT, which sets its own peak.")]
    [InlineData("candidates: 3\nsoup:\n  deadlineMinutes: 5", "soup.deadlineMinutes", "A deadline without a quorum changes nothing: the soup needs all candidates.")]
    [InlineData("candidates: 3\nsoup:\n  amendLate: true", "soup.amendLate", "Without a deadline no candidate is late.")]
    public void Fields_that_contradict_each_other_are_refused(string added, string field, string reason)
    {
        var error = Errors($"{Smallest}\n  {added}\n").ShouldHaveSingleItem();

        (error.Field, error.Reason).ShouldBe((field, reason));
    }

    [Fact]
    public void A_field_given_twice_is_refused()
    {
        var error = Errors($"{Smallest}\nname: other\n").ShouldHaveSingleItem();

        error.ToString().ShouldBe("12:1: name: The field is given twice, first in line 1. Remove one.");
    }

    // Fields are added to recipes over time, and this is about the sentence around them.
    private static string WithoutKnownFields(RecipeError error) =>
        error.Reason.Contains("no such field", StringComparison.Ordinal) ? error.ToString().Split("Known: ")[0] + "Known: …" : error.ToString();

    private static Recipe Read(string yaml)
    {
        var reading = RecipeReader.Read(yaml, Catalog.Test);
        reading.Errors.ShouldBeEmpty();
        return reading.Recipe.ShouldNotBeNull();
    }

    private static IReadOnlyList<RecipeError> Errors(string yaml)
    {
        var reading = RecipeReader.Read(yaml, Catalog.Test);
        reading.Recipe.ShouldBeNull();
        return reading.Errors;
    }
}
