using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class StatisticsTests
{
    [Fact]
    public void What_is_cut_by_statistics_has_them_collected_first_and_of_the_very_checkpoint()
    {
        var plan = Planned("sparsegpt");

        var first = plan.Steps.Single(s => s.Node == "cycle-1/prune/statistics");
        var later = plan.Steps.Single(s => s.Node == "cycle-2/prune/statistics");
        ((CollectSpec)first.Spec!).Products.ShouldBeTrue();
        ((CollectSpec)later.Spec!).Checkpoint.ShouldBe(plan.Steps.Single(s => s.Node == "cycle-1/soup").Result!.Outputs[OutputNames.Checkpoint]);
        ((CollectSpec)later.Spec).Seed.ShouldBe(((CollectSpec)first.Spec).Seed);
        ((PruneSpec)plan.Steps.Single(s => s.Node == "cycle-1/prune").Spec!).Statistics.ShouldBe(first.Result!.Outputs[OutputNames.Statistics]);
        ((PruneSpec)plan.Steps.Single(s => s.Node == "cycle-2/prune").Spec!).Statistics.ShouldBe(later.Result!.Outputs[OutputNames.Statistics]);
    }

    [Fact]
    public void Products_are_collected_only_for_pruners_that_read_them() =>
        ((CollectSpec)Planned("wanda").Steps.Single(s => s.Node == "cycle-1/prune/statistics").Spec!).Products.ShouldBeFalse();

    [Fact]
    public void Layers_cut_in_order_are_cut_by_the_rule_of_the_cut_that_follows()
    {
        var plan = new FakeWorld().RunToEnd(Recipe("wanda") with { Sparsification = Recipe("wanda").Sparsification with { Sequential = true, KeepZeros = true } });

        foreach (var cycle in new[] { 1, 2 })
        {
            var collect = (CollectSpec)plan.Steps.Single(s => s.Node == $"cycle-{cycle}/prune/statistics").Spec!;
            var prune = (PruneSpec)plan.Steps.Single(s => s.Node == $"cycle-{cycle}/prune").Spec!;
            var rule = collect.Sequential!.Rule;
            (rule.Method.Name, rule.Sparsity, collect.Sequential.Mask, collect.Sequential.KeepZeros, collect.Sequential.Seed)
                .ShouldBe((prune.Method.Name, prune.Sparsity, prune.Mask, prune.KeepZeros, prune.Seed));
            collect.Inputs.Contains(prune.Mask ?? collect.Checkpoint).ShouldBeTrue();
        }

        ((CollectSpec)Planned("wanda").Steps.Single(s => s.Node == "cycle-1/prune/statistics").Spec!).Sequential.ShouldBeNull();
    }

    [Fact]
    public void Layers_that_were_solved_in_order_are_not_solved_again_by_the_cut()
    {
        var recipe = Recipe("sparsegpt") with { Sparsification = Recipe("sparsegpt").Sparsification with { Sequential = true } };
        var world = new FakeWorld();
        var plan = world.RunToEnd(recipe);
        var collected = plan.Steps.Single(s => s.Node == "cycle-1/prune/statistics").Result!;
        var cut = plan.Steps.Single(s => s.Node == "cycle-1/prune");

        ((PruneSpec)cut.Spec!).Solution.ShouldBe(collected.Outputs[OutputNames.Solution]);
        cut.Spec.Inputs.ShouldContain(collected.Outputs[OutputNames.Solution]);

        // A version before kept none: the cut is the one it has always been.
        world.Store(collected with { Outputs = collected.Outputs.Where(o => o.Key != OutputNames.Solution).ToDictionary() });
        var without = RunGraph.Of(recipe).Plan(world, world.Now).Steps.Single(s => s.Node == "cycle-1/prune");
        without.Spec.ShouldBe((PruneSpec)cut.Spec with { Solution = null });
        without.Key.ShouldBe(StepKey.Of((PruneSpec)cut.Spec with { Solution = null }));
    }

    [Fact]
    public void Pruners_that_solve_no_layers_have_no_solution()
    {
        var recipe = Recipe("wanda") with { Sparsification = Recipe("wanda").Sparsification with { Sequential = true } };

        new FakeWorld().RunToEnd(recipe).Steps.Select(s => s.Spec).OfType<PruneSpec>().ShouldAllBe(s => s.Solution == null);
    }

    [Theory]
    [InlineData("method: global-magnitude, sequential: true", "sparsification.sequential: The pruner goes by weights alone")]
    [InlineData("method: wanda, allocation: global, sequential: true", "sparsification.sequential: The allocation 'global' looks at all layers")]
    public void Layers_that_nothing_orders_are_refused(string sparsification, string reason) => RecipeReader.Read(
            $$"""
            name: digits
            model: mlp
            data: { name: digits }
            pretraining: { epochs: 10, learningRate: 0.1 }
            sparsification: { sparsity: 0.9, {{sparsification}} }
            retraining: { epochs: 4 }
            """,
            Catalog.Test)
        .Errors.Select(e => e.ToString()).ShouldContain(e => e.Contains(reason));

    [Fact]
    public void A_pruner_by_weights_alone_has_nothing_collected()
    {
        var plan = new FakeWorld().RunToEnd(Recipes.Digits());

        plan.Steps.ShouldAllBe(s => s.Kind != StepKinds.Collect);
        ((PruneSpec)plan.Steps.Single(s => s.Node == "cycle-1/prune").Spec!).Statistics.ShouldBeNull();
    }

    [Fact]
    public void A_collection_that_fails_ends_the_run_with_its_reason() =>
        new FakeWorld().RunToEnd(Recipe("wanda"), step => step.Kind == StepKinds.Collect).Failure!.Reason.ShouldStartWith("cycle-1/prune/statistics: ");

    private static Plan Planned(string pruner) => new FakeWorld().RunToEnd(Recipe(pruner));

    private static Recipe Recipe(string pruner) =>
        Recipes.Digits() with { Sparsification = new SparsificationRecipe { Sparsity = 0.96, Cycles = 2, Method = MethodSpec.Of(pruner) } };
}
