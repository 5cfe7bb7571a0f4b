using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

/// <summary>Trainings with hooks; in this world every one of them ends with a mask of its own.</summary>
public sealed class HookSpecTests
{
    private static readonly IReadOnlyList<MethodSpec> Hooks = [MethodSpec.Of("mover")];

    [Fact]
    public void The_dense_run_and_the_candidates_have_hooks_of_their_own()
    {
        var recipe = Recipes.Digits(cycles: 1, baselines: []);
        var dense = Steps(recipe with { Pretraining = recipe.Pretraining with { Hooks = Hooks } });
        var candidates = Steps(recipe with { Retraining = recipe.Retraining with { Hooks = Hooks, Candidates = 1 } });

        (Name(dense, NodeNames.Dense), Name(dense, NodeNames.Candidate(1, 0))).ShouldBe(("mover", null));
        (Name(candidates, NodeNames.Dense), Name(candidates, NodeNames.Candidate(1, 0))).ShouldBe((null, "mover"));
    }

    [Fact]
    public void The_first_cut_starts_from_the_mask_of_a_sparse_pretraining()
    {
        var recipe = Recipes.Digits(cycles: 2, baselines: []);
        var steps = Steps(recipe with { Pretraining = recipe.Pretraining with { Hooks = Hooks } });

        Cut(steps, 1).Mask.ShouldBe(steps[NodeNames.Dense].Result!.Outputs[OutputNames.Mask]);
        Cut(steps, 2).Mask.ShouldBe(steps[NodeNames.Prune(1)].Result!.Outputs[OutputNames.Mask]);
    }

    [Fact]
    public void A_single_candidate_that_moves_its_mask_is_souped_and_cut_under_that()
    {
        var recipe = Recipes.Digits(candidates: 1, cycles: 2, baselines: []);
        var steps = Steps(recipe with { Retraining = recipe.Retraining with { Hooks = Hooks } });
        var moved = steps[NodeNames.Candidate(1, 0)].Result!.Outputs[OutputNames.Mask];

        ((SoupSpec)steps[NodeNames.Soup(1)].Spec!).Mask.ShouldBe(moved);
        Cut(steps, 2).Mask.ShouldBe(moved);
    }

    [Fact]
    public void Candidates_with_runs_of_their_own_are_averaged_and_cut_under_the_masks_they_ended_with()
    {
        var recipe = Recipes.Digits(candidates: 2, cycles: 2, baselines: []);
        var steps = Steps(recipe with { Retraining = recipe.Retraining with { Hooks = Hooks }, Soup = recipe.Soup with { MaskPolicy = "union" } });
        ArtifactRef Moved(int cycle, int candidate) => steps[NodeNames.Candidate(cycle, candidate)].Result!.Outputs[OutputNames.Mask];

        ((SoupSpec)steps[NodeNames.Soup(1)].Spec!).Candidates.Select(c => c.Mask).ShouldBe([Moved(1, 0), Moved(1, 1)]);
        ((PruneSpec)steps[NodeNames.Prune(2, 1)].Spec!).Mask.ShouldBe(Moved(1, 1));
    }

    [Theory]
    [InlineData("prune-only")]
    [InlineData("sparse-model-soups")]
    public void Every_workflow_that_cuts_a_trained_network_starts_from_its_mask(string workflow)
    {
        var recipe = Recipes.Digits(candidates: 1, cycles: 1, baselines: []);
        var steps = Steps(recipe with { Workflow = MethodSpec.Of(workflow), Pretraining = recipe.Pretraining with { Hooks = Hooks } });

        Cut(steps, 1).Mask.ShouldBe(steps[NodeNames.Dense].Result!.Outputs[OutputNames.Mask]);
    }

    [Fact]
    public void A_training_that_is_sparse_from_its_start_moves_the_mask_of_the_cut_of_its_initial_weights()
    {
        var recipe = Recipes.Digits(candidates: 1, cycles: 1, baselines: []);
        var steps = Steps(recipe with { Workflow = MethodSpec.Of("train"), Pretraining = recipe.Pretraining with { Hooks = Hooks } });

        (Name(steps, NodeNames.Trained), Train(steps, NodeNames.Trained).Mask).ShouldBe(("mover", steps[NodeNames.Prune(1)].Result!.Outputs[OutputNames.Mask]));
    }

    [Fact]
    public void An_empty_list_of_hooks_changes_no_key()
    {
        var recipe = Recipes.Digits();

        Steps(recipe with { Pretraining = recipe.Pretraining with { Hooks = [] }, Retraining = recipe.Retraining with { Hooks = [] } })
            .Values.Select(s => s.Key).ShouldBe(Steps(recipe).Values.Select(s => s.Key));
    }

    private static string? Name(IReadOnlyDictionary<string, PlannedStep> steps, string node) => Train(steps, node).Hooks?.Single().Name;

    private static TrainSpec Train(IReadOnlyDictionary<string, PlannedStep> steps, string node) => (TrainSpec)steps[node].Spec!;

    private static PruneSpec Cut(IReadOnlyDictionary<string, PlannedStep> steps, int cycle) => (PruneSpec)steps[NodeNames.Prune(cycle)].Spec!;

    private static Dictionary<string, PlannedStep> Steps(Recipe recipe) => new FakeWorld().RunToEnd(recipe).Steps.ToDictionary(s => s.Node);
}
