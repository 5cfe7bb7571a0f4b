using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class BaselineGraphTests
{
    [Fact]
    public void Baselines_that_nobody_asks_for_stay_what_they_were() =>
        RunGraph.Of(Recipes.Digits()).Baselines.Select(b => b.Name).ShouldBe(["dense", "imp", "imp-longer", "mean-candidate", "best-candidate"]);

    [Fact]
    public void The_runs_of_an_average_go_on_from_themselves_and_share_the_first_cycle_with_the_run()
    {
        var steps = Steps(Recipes.Digits(candidates: 2, cycles: 2, [BaselineNames.ImpAverage]));

        steps.Keys.Where(n => n.StartsWith("imp", StringComparison.Ordinal)).ShouldBe(
            [
                "imp/cycle-2/prune", "imp/cycle-2/candidate-0", "imp/cycle-2/candidate-1/prune", "imp/cycle-2/candidate-1",
                "imp-average/cycle-2/soup", "imp-average/cycle-2/soup/evaluation",
            ]);
        steps["imp/cycle-2/candidate-1/prune"].DependsOn.ShouldBe(["cycle-1/candidate-1", "cycle-1/prune"]);
        Seed(steps["imp/cycle-2/candidate-1"]).ShouldBe(Seed(steps["cycle-2/candidate-1"]));
    }

    [Theory]
    [InlineData(BaselineNames.Swa)]
    [InlineData(BaselineNames.Ema)]
    public void An_average_over_the_path_is_the_longer_retraining_with_one_thing_changed(string baseline)
    {
        var steps = Steps(Recipes.Digits(candidates: 3, cycles: 2, [BaselineNames.ImpLonger, baseline]));

        var (plain, averaged) = (Train(steps["imp-longer/cycle-1/candidate-0"]), Train(steps[$"{baseline}/cycle-1/candidate-0"]));
        averaged.ShouldBe(plain with { Averaging = averaged.Averaging });
        averaged.Averaging.ShouldBe(MethodSpec.Of(baseline));
        Train(steps[$"{baseline}/cycle-2/candidate-0"]).Epochs.ShouldBe(12);
    }

    [Fact]
    public void Run_0_of_an_average_is_iterative_magnitude_pruning_whoever_is_asked_for_first()
    {
        var nodes = Steps(Recipes.Digits(baselines: [BaselineNames.ImpAverage, BaselineNames.Imp])).Keys;

        Steps(Recipes.Digits(baselines: [BaselineNames.Imp, BaselineNames.ImpAverage])).Keys.ShouldBe(nodes, ignoreOrder: true);
        nodes.ShouldContain("imp/cycle-2/candidate-0");
    }

    [Fact]
    public void An_average_keeps_what_any_of_its_runs_keeps_and_is_named_as_what_says_its_sparsity()
    {
        var recipe = Recipes.Digits(baselines: [BaselineNames.ImpAverage]);

        var soup = (SoupSpec)Steps(recipe)["imp-average/cycle-2/soup"].Spec!;

        (soup.MaskPolicy, soup.Method.Name, soup.Recut, soup.Mask).ShouldBe(("union", "uniform", null, null));
        soup.Candidates.Select(c => c.Mask).ShouldBeUnique();
        RunGraph.Of(recipe).Baselines.Single().ShouldSatisfyAllConditions(
            b => b.Evaluations.ShouldBe(["cycle-1/soup/evaluation", "imp-average/cycle-2/soup/evaluation"]),
            b => b.Sparse.ShouldBe(["cycle-1/prune", "imp-average/cycle-2/soup"]));
    }

    [Fact]
    public void An_average_that_is_cut_again_is_made_of_the_same_runs_and_cut_as_they_were()
    {
        var world = new FakeWorld();
        world.RunToEnd(Recipes.Digits(baselines: [BaselineNames.ImpAverage]));
        world.Executed.Clear();

        var steps = world.RunToEnd(Recipes.Digits(baselines: [BaselineNames.ImpReprune])).Steps.ToDictionary(s => s.Node);

        world.Executed.ShouldBe(["imp-reprune/cycle-2/soup", "imp-reprune/cycle-2/soup/evaluation"]);
        ((SoupSpec)steps["imp-reprune/cycle-2/soup"].Spec!).Recut.ShouldNotBeNull().Sparsity.ShouldBe(((PruneSpec)steps["cycle-2/prune"].Spec!).Sparsity);
    }

    [Theory]
    [InlineData("global-magnitude", null, false)]
    [InlineData("wanda", false, true)]
    [InlineData("sparsegpt", true, true)]
    public void An_average_that_is_cut_again_by_what_layers_see_is_looked_at_on_the_sample_of_the_runs(string pruner, bool? products, bool sequential)
    {
        var recipe = Recipes.Digits(baselines: [BaselineNames.ImpReprune]);
        var steps = Steps(recipe with { Sparsification = recipe.Sparsification with { Method = MethodSpec.Of(pruner), Sequential = sequential } });

        var sample = ((SoupSpec)steps["imp-reprune/cycle-2/soup"].Spec!).RecutSample;

        (sample?.Products).ShouldBe(products);
        var collected = steps.Values.Select(s => s.Spec).OfType<CollectSpec>().FirstOrDefault();
        (sample?.Seed, sample?.Examples, sample?.Sequential).ShouldBe((collected?.Seed, collected?.Examples, collected is null ? null : sequential));
    }

    [Fact]
    public void Beside_a_greedy_run_an_average_is_still_of_all() =>
        ((SoupSpec)Steps(Recipes.Digits(baselines: [BaselineNames.ImpAverage]) with { Soup = new SoupRecipe { Method = MethodSpec.Of("greedy") } })
            ["imp-average/cycle-1/soup"].Spec!).Method.Name.ShouldBe("uniform");

    [Theory]
    [InlineData("union", BaselineNames.ImpAverage)]
    [InlineData("re-prune", BaselineNames.ImpReprune)]
    public void Where_candidates_have_masks_of_their_own_an_average_of_them_is_the_runs_own_soup(string policy, string baseline)
    {
        var recipe = Recipes.Digits(baselines: [baseline]) with { Soup = new SoupRecipe { MaskPolicy = policy } };

        Steps(recipe).Keys.ShouldNotContain(n => n.StartsWith("imp", StringComparison.Ordinal));
        RunGraph.Of(recipe).Baselines.Single().Sparse.ShouldBe(["cycle-1/soup", "cycle-2/soup"]);
    }

    [Fact]
    public void Runs_of_an_average_vary_as_the_candidates_do()
    {
        var recipe = Recipes.Digits(candidates: 2, cycles: 2, [BaselineNames.ImpAverage]);
        recipe = recipe with { Retraining = recipe.Retraining with { Vary = VariedDimensions.WeightDecay, Values = [0, 1e-3] } };

        var steps = Steps(recipe);

        new[] { 0, 1 }.Select(i => ((TrainSpec)steps[$"imp/cycle-2/candidate-{i}"].Spec!).WeightDecay).ShouldBe([0, 1e-3]);
    }

    [Fact]
    public void Runs_of_an_average_that_draws_draw_their_own_first_cut()
    {
        var recipe = Recipes.Digits(candidates: 2, cycles: 1, [BaselineNames.ImpAverage]);

        var steps = Steps(recipe with { Sparsification = recipe.Sparsification with { Method = MethodSpec.Of("random") } });

        Seed(steps["imp/cycle-1/candidate-1/prune"]).ShouldNotBe(Seed(steps["cycle-1/prune"]));
    }

    [Fact]
    public void An_ensemble_is_one_measurement_of_the_last_candidates()
    {
        var steps = Steps(Recipes.Digits(candidates: 3, cycles: 2, [BaselineNames.Ensemble]));

        steps["ensemble/evaluation"].DependsOn.ShouldBe(["cycle-2/candidate-0", "cycle-2/candidate-1", "cycle-2/candidate-2"]);
        ((EvaluateSpec)steps["ensemble/evaluation"].Spec!).Inputs.ShouldBe(
            Enumerable.Range(0, 3).Select(i => steps[NodeNames.Candidate(2, i)].Result!.Outputs[OutputNames.Checkpoint]));
        steps.Count.ShouldBe(Steps(Recipes.Digits(candidates: 3, cycles: 2, [])).Count + 1);
    }

    [Fact]
    public void An_ensemble_goes_on_without_candidates_beyond_the_quorum_and_not_below_it()
    {
        var recipe = Recipes.Digits(candidates: 3, cycles: 1, [BaselineNames.Ensemble]) with { Soup = new SoupRecipe { Quorum = 2 } };

        var one = new FakeWorld().RunToEnd(recipe, fails: s => s.Node == "cycle-1/candidate-0").Steps.Single(s => s.Node == "ensemble/evaluation");
        var two = new FakeWorld().RunToEnd(recipe, fails: s => s.Node is "cycle-1/candidate-0" or "cycle-1/candidate-2")
            .Steps.Single(s => s.Node == "ensemble/evaluation");

        ((EvaluateSpec)one.Spec!).Inputs.Count().ShouldBe(2);
        two.State.ShouldBe(StepState.Unreachable);
    }

    [Theory]
    [InlineData("imp/cycle-2/candidate-1")]
    [InlineData("imp-average/cycle-2/soup")]
    [InlineData("imp-reprune/cycle-2/soup/evaluation")]
    [InlineData("ensemble/evaluation")]
    [InlineData("imp-longer/cycle-1/candidate-0")]
    public void A_baseline_that_fails_leaves_the_run_alone(string node)
    {
        var plan = new FakeWorld().RunToEnd(Recipes.Digits(baselines: [.. BaselineNames.All]), fails: s => s.Node == node);

        plan.Finished.ShouldBeTrue();
        plan.Failed.Select(s => s.Node).ShouldBe([node]);
        plan.Steps.Single(s => s.Node == NodeNames.Evaluation(NodeNames.Soup(2))).State.ShouldBe(StepState.Done);
    }

    [Fact]
    public void All_baselines_together_have_no_step_twice()
    {
        var recipe = Recipes.Digits(candidates: 3, cycles: 3, [.. BaselineNames.All, BaselineNames.ImpAverage]);

        new FakeWorld().RunToEnd(recipe).Steps.Select(s => s.Key).ShouldBeUnique();
    }

    [Fact]
    public void With_one_candidate_every_average_and_the_ensemble_are_that_candidate()
    {
        var graph = RunGraph.Of(Recipes.Digits(candidates: 1, cycles: 2, [BaselineNames.Ensemble, BaselineNames.ImpAverage]));

        graph.Baselines[0].Evaluations.ShouldBe(["cycle-2/candidate-0/evaluation"]);
        graph.Baselines[1].Evaluations.Count.ShouldBe(2);
    }

    private static TrainSpec Train(PlannedStep step) => (TrainSpec)step.Spec!;

    private static long Seed(PlannedStep step) => step.Spec is TrainSpec train ? train.Seed : ((PruneSpec)step.Spec!).Seed;

    private static Dictionary<string, PlannedStep> Steps(Recipe recipe) => new FakeWorld().RunToEnd(recipe).Steps.ToDictionary(s => s.Node);
}
