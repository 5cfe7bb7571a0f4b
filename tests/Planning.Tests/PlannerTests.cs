using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class PlannerTests
{
    [Fact]
    public void A_new_run_can_start_with_nothing_but_its_pretraining()
    {
        var plan = Planner.Plan(Recipes.Digits(), new FakeWorld(), FakeWorld.Start);

        plan.Ready.Select(s => s.Node).ShouldBe([NodeNames.Dense]);
        plan.Finished.ShouldBeFalse();
        plan.Steps.Where(s => s.State == StepState.Waiting).ShouldAllBe(s => s.Key == null);
    }

    [Fact]
    public void One_cycle_is_cut_candidates_their_evaluations_soup_and_its_evaluation()
    {
        var plan = Planner.Plan(Recipes.Digits(candidates: 2, cycles: 1, baselines: []), new FakeWorld(), FakeWorld.Start);

        plan.Steps.Select(s => s.Node).ShouldBe(
        [
            "dense", "cycle-1/prune", "cycle-1/candidate-0", "cycle-1/candidate-1", "cycle-1/candidate-0/evaluation",
            "cycle-1/candidate-1/evaluation", "cycle-1/soup", "cycle-1/soup/evaluation",
        ]);
    }

    [Fact]
    public void Running_whatever_is_ready_finishes_the_run()
    {
        var plan = new FakeWorld().RunToEnd(Recipes.Digits());

        plan.Finished.ShouldBeTrue();
        plan.Steps.ShouldAllBe(s => s.State == StepState.Done);
    }

    [Fact]
    public void The_next_cycle_cuts_the_soup_and_keeps_within_its_mask()
    {
        var world = new FakeWorld();
        var steps = world.RunToEnd(Recipes.Digits()).Steps.ToDictionary(s => s.Node);

        var cut = steps[NodeNames.Prune(2)].Spec.ShouldBeOfType<PruneSpec>();

        cut.Checkpoint.ShouldBe(steps[NodeNames.Soup(1)].Result!.Outputs[OutputNames.Checkpoint]);
        cut.Mask.ShouldBe(steps[NodeNames.Prune(1)].Result!.Outputs[OutputNames.Mask]);
    }

    [Fact]
    public void Sparsity_grows_by_the_same_fraction_of_the_remaining_weights()
    {
        var steps = new FakeWorld().RunToEnd(Recipes.Digits()).Steps.ToDictionary(s => s.Node);

        // 1 − √0.04 = 0.8 after the first of two cycles to 0.96.
        ((PruneSpec)steps[NodeNames.Prune(1)].Spec!).Sparsity.ShouldBe(0.8, 1e-12);
        ((PruneSpec)steps[NodeNames.Prune(2)].Spec!).Sparsity.ShouldBe(0.96);
    }

    [Fact]
    public void What_the_longest_chain_waits_for_comes_first()
    {
        var world = new FakeWorld();
        var recipe = Recipes.Digits(candidates: 3, cycles: 2);
        for (var i = 0; i < 2; i++) world.Run(Planner.Plan(recipe, world, world.Now).Ready.First());

        var ready = Planner.Plan(recipe, world, world.Now).Ready.Select(s => (s.Node, s.EpochsAhead));

        // Longer IMP has two retrainings of 12 epochs ahead, a candidate its own 4 and the next cycle's 4, an evaluation none.
        ready.ShouldBe(
        [
            ("imp-longer/cycle-1/candidate-0", 24), ("cycle-1/candidate-0", 8), ("cycle-1/candidate-1", 8), ("cycle-1/candidate-2", 8),
            ("dense/evaluation", 0),
        ]);
    }

    [Fact]
    public void A_graph_that_planned_before_gives_the_keys_of_one_that_did_not()
    {
        var world = new FakeWorld();
        var graph = RunGraph.Of(Recipes.Digits());
        world.RunToEnd(Recipes.Digits());
        var dense = graph.Plan(world, world.Now).Steps.Single(s => s.Node == NodeNames.Dense).Result!;
        world.Store(dense with
        {
            Outputs = dense.Outputs.ToDictionary(o => o.Key, o => o.Value with { Digest = new string('0', 64) }),
        });

        var again = graph.Plan(world, world.Now);

        again.Steps.Select(s => s.Key).ShouldBe(Planner.Plan(Recipes.Digits(), world, world.Now).Steps.Select(s => s.Key));
        again.Ready.ShouldContain(s => s.Node == NodeNames.Prune(1));
    }
}
