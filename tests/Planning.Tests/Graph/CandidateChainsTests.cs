using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class CandidateChainsTests
{
    [Fact]
    public void Every_candidate_is_pruned_again_from_itself_and_nothing_starts_from_a_soup()
    {
        var plan = Planner.Plan(Chains("union", candidates: 2), new FakeWorld(), FakeWorld.Start);

        plan.Steps.Where(s => s.Kind != StepKinds.Evaluate).Select(s => s.Node).ShouldBe(
        [
            "dense", "cycle-1/prune", "cycle-1/candidate-0", "cycle-1/candidate-1", "cycle-1/soup",
            "cycle-2/prune", "cycle-2/candidate-0", "cycle-2/candidate-1/prune", "cycle-2/candidate-1", "cycle-2/soup",
        ]);
        Depends("cycle-2/prune").ShouldBe(["cycle-1/candidate-0", "cycle-1/prune"]);
        Depends("cycle-2/candidate-1/prune").ShouldBe(["cycle-1/candidate-1", "cycle-1/prune"]);
        plan.Steps.Where(s => s.DependsOn.Contains("cycle-1/soup")).Select(s => s.Node).ShouldBe(["cycle-1/soup/evaluation"]);

        IEnumerable<string> Depends(string node) => plan.Steps.Single(s => s.Node == node).DependsOn;
    }

    [Fact]
    public void Soups_get_each_candidate_with_its_own_mask()
    {
        var steps = Steps(Chains("intersect", candidates: 2));

        var soup = (SoupSpec)steps["cycle-2/soup"].Spec!;

        soup.Mask.ShouldBeNull();
        soup.MaskPolicy.ShouldBe("intersect");
        soup.Recut.ShouldBeNull();
        soup.Candidates.Select(c => c.Mask).ShouldBe(
            [steps["cycle-2/prune"].Result!.Outputs[OutputNames.Mask], steps["cycle-2/candidate-1/prune"].Result!.Outputs[OutputNames.Mask]]);
        soup.Inputs.ShouldBeSubsetOf(steps.Values.SelectMany(s => s.Result!.Outputs.Values));
        soup.Inputs.Count().ShouldBe(4);
    }

    [Fact]
    public void An_average_that_is_pruned_again_is_cut_as_its_candidates_were()
    {
        var recipe = Chains("re-prune", candidates: 2);
        recipe = recipe with { Sparsification = recipe.Sparsification with { Allocation = "erk", Exclude = ["fc3.*"], Include = ["wte.*"], Layers = new Dictionary<string, double> { ["fc1.*"] = 0.5 }, OutputLayer = "none" } };

        var steps = Steps(recipe);

        foreach (var cycle in new[] { 1, 2 })
        {
            var cut = (PruneSpec)steps[NodeNames.Prune(cycle)].Spec!;
            var again = ((SoupSpec)steps[NodeNames.Soup(cycle)].Spec!).Recut.ShouldNotBeNull();
            (again.Method, again.Sparsity, again.Allocation, again.Structure).ShouldBe((cut.Method, cut.Sparsity, cut.Allocation, cut.Structure));
            again.Exclude.ShouldBe(cut.Exclude);
            again.Include.ShouldBe(cut.Include);
            again.Layers.ShouldBe(cut.Layers);
            (again.OutputLayer, again.Layout).ShouldBe((cut.OutputLayer, cut.Layout));
        }
    }

    [Fact]
    public void Iterative_magnitude_pruning_is_candidate_0_and_costs_nothing_more() =>
        Planner.Plan(Chains("union", candidates: 3, BaselineNames.Imp), new FakeWorld(), FakeWorld.Start).Steps
            .ShouldNotContain(s => s.Node.StartsWith("imp/", StringComparison.Ordinal));

    [Fact]
    public void Candidates_of_a_pruner_that_draws_draw_their_own_first_cut()
    {
        var recipe = Chains("union", candidates: 3);

        var steps = Steps(recipe with { Sparsification = recipe.Sparsification with { Method = MethodSpec.Of("random") } });

        Enumerable.Range(0, 3).Select(i => ((PruneSpec)steps[NodeNames.Prune(1, i)].Spec!).Seed).ShouldBeUnique();
    }

    [Fact]
    public void A_candidate_that_fails_within_the_quorum_is_missing_from_then_on()
    {
        var recipe = Chains("union", candidates: 3) with { Soup = new SoupRecipe { MaskPolicy = "union", Quorum = 2 } };

        var plan = new FakeWorld().RunToEnd(recipe, fails: s => s.Node == "cycle-1/candidate-1");

        plan.Finished.ShouldBeTrue();
        foreach (var soup in plan.Steps.Where(s => s.Kind == StepKinds.Soup).Select(s => (SoupSpec)s.Spec!))
            (soup.Candidates.Count, soup.Expected).ShouldBe((2, 3));
        plan.Steps.Single(s => s.Node == "cycle-2/candidate-1/prune").State.ShouldBe(StepState.Unreachable);
    }

    [Fact]
    public void Below_the_quorum_the_run_fails_and_says_whose_fault_it_was()
    {
        var plan = new FakeWorld().RunToEnd(Chains("union", candidates: 3), fails: s => s.Node == "cycle-2/candidate-1/prune");

        plan.Failure.ShouldNotBeNull().Reason.ShouldContain("cycle-2/candidate-1/prune");
    }

    [Fact]
    public void Without_a_policy_nothing_of_this_is_in_the_keys() =>
        CanonicalJson.Serialize(Recipes.Digits() with { Soup = new SoupRecipe { MaskPolicy = null } }).ShouldBe(CanonicalJson.Serialize(Recipes.Digits()));

    private static Recipe Chains(string policy, int candidates, params string[] baselines) =>
        Recipes.Digits(candidates, cycles: 2, baselines) with { Soup = new SoupRecipe { MaskPolicy = policy } };

    private static Dictionary<string, PlannedStep> Steps(Recipe recipe) => new FakeWorld().RunToEnd(recipe).Steps.ToDictionary(s => s.Node);
}
