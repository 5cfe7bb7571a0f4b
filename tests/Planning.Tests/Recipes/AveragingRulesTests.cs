using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class AveragingRulesTests
{
    [Theory]
    [InlineData("epochs: 2, averaging: swa")]
    [InlineData("epochs: 1, averaging: ema")]
    [InlineData("epochs: 1, averaging: swa, candidates: 2, vary: retrain-length, values: [2, 4]")]
    public void An_average_of_more_than_one_moment_is_accepted(string retraining) => Read("epochs: 10", retraining).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("epochs: 1, averaging: swa", "epochs: 4", "pretraining")]
    [InlineData("epochs: 10", "epochs: 1, averaging: swa", "retraining")]
    [InlineData("epochs: 10", "epochs: 9, averaging: swa, candidates: 2, vary: retrain-length, values: [1, 4]", "retraining")]
    public void An_average_of_epoch_ends_is_refused_for_one_epoch(string pretraining, string retraining, string section) =>
        Read(pretraining, retraining).Errors.ShouldHaveSingleItem().ToString().ShouldEndWith(
            $"{section}.averaging: 'swa' averages the ends of epochs, and a training of one epoch has only one. "
            + "Train for longer, use 'ema', or remove the line.");

    [Fact]
    public void An_unknown_average_is_refused_with_the_names_there_are() =>
        Read("epochs: 10", "epochs: 4, averaging: swag").Errors.ShouldHaveSingleItem().ToString().ShouldContain("There is no averaging 'swag'.");

    [Fact]
    public void Options_are_read_and_those_at_their_default_dropped()
    {
        var recipe = Read("epochs: 10, averaging: {name: swa, options: {start: 0.5}}", "epochs: 4, averaging: {name: swa, options: {start: 0.75}}").Recipe!;

        recipe.Pretraining.Averaging!.Options!["start"].GetDouble().ShouldBe(0.5);
        recipe.Retraining.Averaging!.Options.ShouldBeNull();
    }

    [Fact]
    public void A_recipe_that_averages_nothing_has_the_canonical_form_it_always_had() =>
        Encoding.UTF8.GetString(CanonicalJson.Serialize(Recipes.Digits())).ShouldNotContain("averaging");

    private static RecipeReading Read(string pretraining, string retraining) => RecipeReader.Read(
        $$"""
        name: digits
        model: mlp
        data: {name: digits}
        pretraining: {learningRate: 0.1, {{pretraining}}}
        sparsification: {sparsity: 0.9}
        retraining: { {{retraining}} }
        """,
        Catalog.Test);
}
