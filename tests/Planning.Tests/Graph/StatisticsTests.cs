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
