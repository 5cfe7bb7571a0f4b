using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class CeilingTests
{
    private static readonly CeilingRecipe Ceiling = new() { Method = MethodSpec.Of("random"), Sparsity = 0.5 };

    [Fact]
    public void Every_cut_stays_within_the_mask_that_is_cut_first()
    {
        var plan = Planned(Recipes.Digits());

        var ceiling = plan.Steps.Single(s => s.Node == NodeNames.Ceiling);
        ((PruneSpec)ceiling.Spec!).Checkpoint.ShouldBe(plan.Steps.Single(s => s.Node == NodeNames.Dense).Result!.Outputs[OutputNames.Checkpoint]);
        (((PruneSpec)ceiling.Spec).Sparsity, ((PruneSpec)ceiling.Spec).Method.Name, ((PruneSpec)ceiling.Spec).Seed).ShouldBe((0.5, "random", SeedDerivation.Derive(Recipes.Digits().Seed, "ceiling")));
        var mask = ceiling.Result!.Outputs[OutputNames.Mask];
        plan.Steps.Where(s => s.Node != NodeNames.Ceiling).Select(s => s.Spec).OfType<PruneSpec>().ToList().ShouldAllBe(s => s.Ceiling == mask && s.Inputs.Contains(mask));
        plan.Steps.Select(s => s.Spec).OfType<TrainSpec>().ShouldAllBe(s => s.Ceiling == null, "no mask moves");
    }

    [Fact]
    public void A_mask_that_moves_grows_within_it()
    {
        var recipe = Recipes.Digits(candidates: 1, baselines: []);

        var plan = Planned(recipe with { Retraining = recipe.Retraining with { Hooks = [MethodSpec.Of("mover")] } });

        var mask = plan.Steps.Single(s => s.Node == NodeNames.Ceiling).Result!.Outputs[OutputNames.Mask];
        ((TrainSpec)plan.Steps.Single(s => s.Node == NodeNames.Candidate(1, 0)).Spec!).Ceiling.ShouldBe(mask);
        ((TrainSpec)plan.Steps.Single(s => s.Node == NodeNames.Dense).Spec!).Ceiling.ShouldBeNull();
    }

    [Fact]
    public void Layers_that_are_cut_in_order_stay_within_it()
    {
        var recipe = Recipes.Digits();

        var plan = Planned(recipe with { Sparsification = recipe.Sparsification with { Method = MethodSpec.Of("wanda"), Sequential = true } });

        var mask = plan.Steps.Single(s => s.Node == NodeNames.Ceiling).Result!.Outputs[OutputNames.Mask];
        plan.Steps.Select(s => s.Spec).OfType<CollectSpec>().ToList().ShouldAllBe(s => s.Sequential!.Ceiling == mask && s.Inputs.Contains(mask));
    }

    [Theory]
    [InlineData("method: random, sparsity: 0.95", "sparsification.ceiling.sparsity: A ceiling of 0.95 leaves no choice to the first cut, to 0.9. Give a fraction below 0.9.")]
    [InlineData("method: wanda, sparsity: 0.5", "sparsification.ceiling.method: A ceiling is cut before anything is collected, and the pruner 'wanda' goes by statistics.")]
    [InlineData("method: none, sparsity: 0.5", "sparsification.ceiling.method: The pruner 'none' prunes nothing, so it makes no ceiling.")]
    [InlineData("method: random", "sparsification.ceiling.sparsity: The field is missing.")]
    public void A_ceiling_that_leaves_no_choice_is_refused(string ceiling, string error) => RecipeReader.Read(
            $$"""
            name: digits
            model: mlp
            data: { name: digits }
            pretraining: { epochs: 10, learningRate: 0.1 }
            sparsification: { sparsity: 0.9, cycles: 1, ceiling: { {{ceiling}} } }
            retraining: { epochs: 4 }
            """,
            Catalog.Test)
        .Errors.Select(e => e.ToString()).ShouldContain(e => e.Contains(error));

    private static Plan Planned(Recipe recipe) => new FakeWorld().RunToEnd(recipe with { Sparsification = recipe.Sparsification with { Ceiling = Ceiling } });
}
