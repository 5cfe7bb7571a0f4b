using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class SharedStepTests
{
    [Fact]
    public void Imp_shares_the_first_cut_and_the_first_candidate_with_the_run()
    {
        var plan = Planner.Plan(Recipes.Digits(cycles: 2, baselines: [BaselineNames.Imp]), new FakeWorld(), FakeWorld.Start);

        plan.Steps.Where(s => s.Node.StartsWith("imp/", StringComparison.Ordinal)).Select(s => s.Node).ShouldBe(
            ["imp/cycle-2/prune", "imp/cycle-2/candidate-0", "imp/cycle-2/candidate-0/evaluation"]);
        plan.Steps.Single(s => s.Node == "imp/cycle-2/prune").DependsOn.ShouldBe(["cycle-1/candidate-0", "cycle-1/prune"]);
    }

    [Fact]
    public void Longer_imp_retrains_for_as_many_epochs_as_all_candidates_together()
    {
        var plan = Planner.Plan(Recipes.Digits(candidates: 3, cycles: 2, baselines: [BaselineNames.ImpLonger]), new FakeWorld(), FakeWorld.Start);

        plan.Steps.Where(s => s.Node.StartsWith("imp-longer/", StringComparison.Ordinal)).Sum(s => s.Epochs).ShouldBe(2 * 3 * 4);
    }

    [Fact]
    public void With_one_candidate_longer_imp_is_imp()
    {
        var plan = Planner.Plan(Recipes.Digits(candidates: 1), new FakeWorld(), FakeWorld.Start);

        plan.Steps.ShouldNotContain(s => s.Node.StartsWith("imp-longer", StringComparison.Ordinal));
    }

    [Fact]
    public void No_two_nodes_of_a_run_have_the_same_key()
    {
        var plan = new FakeWorld().RunToEnd(Recipes.Digits(candidates: 3, cycles: 3));

        plan.Steps.Select(s => s.Key).ShouldBeUnique();
    }

    [Fact]
    public void Raising_the_candidates_from_3_to_5_only_adds()
    {
        var world = new FakeWorld();
        world.RunToEnd(Recipes.Digits(candidates: 3, cycles: 1));
        world.Executed.Clear();

        world.RunToEnd(Recipes.Digits(candidates: 5, cycles: 1));

        world.Executed.Order(StringComparer.Ordinal).ShouldBe(
        [
            "cycle-1/candidate-3", "cycle-1/candidate-3/evaluation", "cycle-1/candidate-4", "cycle-1/candidate-4/evaluation", "cycle-1/soup",
            "cycle-1/soup/evaluation", "imp-longer/cycle-1/candidate-0", "imp-longer/cycle-1/candidate-0/evaluation",
        ]);
    }

    [Fact]
    public void Running_again_executes_nothing()
    {
        var world = new FakeWorld();
        world.RunToEnd(Recipes.Digits());
        world.Executed.Clear();

        world.RunToEnd(Recipes.Digits()).Finished.ShouldBeTrue();

        world.Executed.ShouldBeEmpty();
    }

    [Fact]
    public void Another_soup_method_repeats_no_training_of_the_first_cycle()
    {
        var world = new FakeWorld();
        world.RunToEnd(Recipes.Digits());
        world.Executed.Clear();

        world.RunToEnd(Recipes.Digits() with { Soup = new SoupRecipe { Method = MethodSpec.Of("greedy") } });

        world.Executed[0].ShouldBe("cycle-1/soup");
        world.Executed.ShouldNotContain(n => n.StartsWith("cycle-1/candidate", StringComparison.Ordinal) || n.StartsWith("imp", StringComparison.Ordinal));
    }
}
