namespace SparsePipeline.Planning.Tests;

public sealed class StartRulesTests
{
    [Fact]
    public void Weights_are_taken_as_they_are_with_0_epochs_and_a_peak_for_retraining()
    {
        var recipe = SmallestRecipe.Read(Yaml("weights: net.safetensors, epochs: 0", "peakLearningRate: 0.05", "keepZeros: true"));

        (recipe.Pretraining.Epochs, recipe.Pretraining.LearningRate, recipe.Retraining.PeakLearningRate, recipe.Sparsification.KeepZeros).ShouldBe((0, 0, 0.05, true));
    }

    [Fact]
    public void A_training_needs_a_learning_rate()
    {
        var error = SmallestRecipe.Errors(Yaml("epochs: 3")).Single();

        (error.Field, error.Reason, error.Remedy).ShouldBe(("pretraining.learningRate", "The field is missing.", "Add 'learningRate:'; it has no default."));
    }

    [Fact]
    public void Without_training_and_without_weights_there_is_nothing_to_start_from() =>
        SmallestRecipe.Errors(Yaml("epochs: 0", "peakLearningRate: 0.05")).Single().Field.ShouldBe("pretraining.epochs");

    [Fact]
    public void A_rate_that_no_training_uses_is_refused() =>
        SmallestRecipe.Errors(Yaml("weights: a, epochs: 0, learningRate: 0.1", "peakLearningRate: 0.05")).Single().Field.ShouldBe("pretraining.learningRate");

    [Fact]
    public void Hooks_that_no_training_uses_are_refused() =>
        SmallestRecipe.Errors(Yaml("weights: a, epochs: 0, hooks: [penalty]", "peakLearningRate: 0.05")).Single().ToString()
            .ShouldEndWith("pretraining.hooks: With 0 epochs this value would not be used. Remove it.");

    [Fact]
    public void The_standard_schedule_asks_for_a_peak()
    {
        var error = SmallestRecipe.Errors(Yaml("weights: a, epochs: 0")).Single();

        (error.Field, error.Remedy).ShouldBe(("retraining.peakLearningRate", "Add 'peakLearningRate:'; it has no default."));
    }

    [Theory]
    [InlineData("LRW")]
    [InlineData("ALLR")]
    public void Schedules_that_follow_from_a_pretraining_are_refused_by_name(string schedule) =>
        SmallestRecipe.Errors(Yaml("weights: a, epochs: 0", $"schedule: {schedule}"))
            .ShouldContain(e => e.Field == "retraining.schedule" && e.Reason == $"{schedule} takes its rates from the pretraining's, and with 0 epochs there are none.");

    [Fact]
    public void Zeros_do_not_outlive_a_training_without_a_mask() =>
        SmallestRecipe.Errors(Yaml("epochs: 3, learningRate: 0.1", sparsification: "keepZeros: true")).Single().Field.ShouldBe("sparsification.keepZeros");

    [Fact]
    public void A_training_under_the_zeros_of_given_weights_keeps_them() =>
        SmallestRecipe.Read("""
            name: digits
            model: mlp
            data: { name: digits }
            workflow: train
            pretraining: { weights: net.safetensors, epochs: 3, learningRate: 0.1 }
            sparsification: { method: none, sparsity: 0, keepZeros: true }
            """).Sparsification.KeepZeros.ShouldBeTrue();

    private static string Yaml(string pretraining, string retraining = "candidates: 2", string sparsification = "cycles: 2") => $$"""
        name: digits
        model: mlp
        data: { name: digits }
        pretraining: { {{pretraining}} }
        sparsification: { sparsity: 0.9, {{sparsification}} }
        retraining: { epochs: 2, {{retraining}} }
        """;
}
