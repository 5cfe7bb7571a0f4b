using CsCheck;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class CandidateSettingsTests
{
    private static readonly Recipe Recipe = Recipes.Digits();

    [Fact]
    public void A_candidate_does_not_depend_on_how_many_there_are() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[1, 100], Gen.Int[1, 9]).Sample((few, many, cycle) =>
            Enumerable.Range(0, Math.Min(few, many)).All(i =>
                CandidateSettings.Of(Recipes.Digits(few), cycle, i) == CandidateSettings.Of(Recipes.Digits(many), cycle, i)));

    [Fact]
    public void Seeds_differ_between_candidates_cycles_and_recipe_seeds()
    {
        var seeds = from seed in new[] { 1L, 2L }
                    from cycle in new[] { 1, 2, 3 }
                    from i in Enumerable.Range(0, 5)
                    select CandidateSettings.Of(Recipe with { Seed = seed }, cycle, i).Seed;

        seeds.ToList().ShouldBeUnique();
    }

    [Fact]
    public void All_candidates_and_so_all_baselines_take_the_peak_that_the_recipe_sets()
    {
        var recipe = Recipe with { Retraining = Recipe.Retraining with { PeakLearningRate = 0.3 } };

        Enumerable.Range(0, 3).ShouldAllBe(i => CandidateSettings.Of(recipe, 1, i).PeakLearningRate == 0.3);
        CandidateSettings.Of(Recipe, 1, 0).PeakLearningRate.ShouldBeNull("the schedule then takes the dense run's, and keys stay");
    }

    [Fact]
    public void Weight_decay_varies_alone()
    {
        var settings = Settings("weight-decay", 0, 1e-4, 1e-3);

        settings.Select(s => s.WeightDecay).ShouldBe([0, 1e-4, 1e-3]);
        settings.Select(s => s with { WeightDecay = 0 }).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Retrain_length_varies_alone()
    {
        var settings = Settings("retrain-length", 2, 4, 8);

        settings.Select(s => s.Epochs).ShouldBe([2, 4, 8]);
        settings.Select(s => s with { Epochs = 0 }).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void The_peak_learning_rate_varies_alone()
    {
        var settings = Settings("peak-learning-rate", 0.05, 0.1, 0.2);

        settings.Select(s => s.PeakLearningRate).ShouldBe([0.05, 0.1, 0.2]);
        settings.Select(s => s with { PeakLearningRate = null }).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void Retraining_takes_the_pretraining_weight_decay_unless_it_has_its_own()
    {
        CandidateSettings.Of(Recipe, 1, 0).WeightDecay.ShouldBe(1e-4);
        CandidateSettings.Of(Recipe with { Retraining = Recipe.Retraining with { WeightDecay = 0 } }, 1, 0).WeightDecay.ShouldBe(0);
    }

    [Fact]
    public void Too_few_values_are_refused_by_name() =>
        Should.Throw<DomainException>(() => Settings("weight-decay", 0.1))
            .Failure.Reason.ShouldBe("retraining.values has 1 of the 3 values that candidates varying in weight-decay need.");

    private static CandidateSettings[] Settings(string vary, params double[] values)
    {
        var recipe = Recipe with { Retraining = Recipe.Retraining with { Vary = vary, Values = values } };
        return [.. Enumerable.Range(0, recipe.Retraining.Candidates).Select(i => CandidateSettings.Of(recipe, 1, i))];
    }
}
