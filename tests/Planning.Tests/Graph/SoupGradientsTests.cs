using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class SoupGradientsTests
{
    [Fact]
    public void A_soup_that_goes_by_gradients_has_them_collected_of_every_candidate_on_what_it_was_trained_on()
    {
        var part = new DataPart { Share = [0.5, 1] };
        var recipe = Recipes.Digits(candidates: 2, cycles: 2, baselines: []);
        var plan = new FakeWorld().RunToEnd(recipe with
        {
            Soup = new SoupRecipe { Method = MethodSpec.Of("fisher") },
            Data = recipe.Data with { LabelNoise = 0.1 },
            Retraining = recipe.Retraining with { Part = part },
        });

        var soup = (SoupSpec)plan.Steps.Single(s => s.Node == "cycle-2/soup").Spec!;
        for (var i = 0; i < 2; i++)
        {
            var collected = plan.Steps.Single(s => s.Node == $"cycle-2/candidate-{i}/statistics");
            var spec = (CollectSpec)collected.Spec!;
            (spec.Gradients, spec.Products, spec.Data.LabelNoise).ShouldBe((true, false, 0.1));
            spec.Data.Part!.Share.ShouldBe(part.Share);
            spec.Checkpoint.ShouldBe(soup.Candidates[i].Checkpoint);
            soup.Candidates[i].Statistics.ShouldBe(collected.Result!.Outputs[OutputNames.Statistics]);
            soup.Inputs.ShouldContain(soup.Candidates[i].Statistics!);
        }

        plan.Finished.ShouldBeTrue();
    }

    [Fact]
    public void A_collection_that_fails_ends_the_run_with_its_reason() =>
        new FakeWorld().RunToEnd(Recipes.Digits() with { Soup = new SoupRecipe { Method = MethodSpec.Of("fisher") } }, step => step.Node == "cycle-1/candidate-1/statistics")
            .Failure!.Reason.ShouldStartWith("cycle-1/candidate-1/statistics: ");

    [Fact]
    public void Other_soups_have_nothing_collected() =>
        new FakeWorld().RunToEnd(Recipes.Digits()).Steps.ShouldAllBe(s => s.Kind != StepKinds.Collect);

    [Theory]
    [InlineData("quorum: 2", "soup.quorum: The soup 'fisher' goes by gradients, which are collected of all candidates.")]
    [InlineData("maskPolicy: union", "soup.maskPolicy: The soup 'fisher' goes by gradients, which are collected of candidates that share a mask.")]
    public void What_gradients_are_not_collected_of_is_refused(string soup, string error) => RecipeReader.Read(Text(soup), Catalog.Test)
        .Errors.Select(e => e.ToString()).ShouldContain(e => e.Contains(error));

    private static string Text(string soup) =>
        $$"""
        name: digits
        model: mlp
        data: { name: digits }
        pretraining: { epochs: 10, learningRate: 0.1 }
        sparsification: { sparsity: 0.9, calibrationExamples: 64 }
        retraining: { epochs: 4 }
        soup: { method: fisher, {{soup}} }
        """;
}
