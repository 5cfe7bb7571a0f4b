using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class AnchorTests
{
    [Fact]
    public void A_retrained_anchor_is_what_the_candidates_start_from_and_what_the_soup_measures_from()
    {
        var plan = Planned(AnchorNames.Retrained);

        var anchor = plan.Steps.Single(s => s.Node == "cycle-2/anchor");
        var start = anchor.Result!.Outputs[OutputNames.Checkpoint];
        var cut = plan.Steps.Single(s => s.Node == "cycle-2/prune").Result!;
        var candidates = plan.Steps.Where(s => s.Node.StartsWith("cycle-2/candidate", StringComparison.Ordinal) && s.Kind == StepKinds.Train).ToList();
        candidates.Count.ShouldBe(3);
        candidates.ShouldAllBe(c => ((TrainSpec)c.Spec!).Checkpoint == start && ((TrainSpec)c.Spec).Mask == cut.Outputs[OutputNames.Mask]);
        ((SoupSpec)plan.Steps.Single(s => s.Node == "cycle-2/soup").Spec!).Anchor.ShouldBe(start);
        ((TrainSpec)anchor.Spec!).Checkpoint.ShouldBe(cut.Outputs[OutputNames.Checkpoint]);
    }

    [Fact]
    public void A_pruned_anchor_is_the_cut_and_changes_no_training()
    {
        var (plain, anchored) = (new FakeWorld().RunToEnd(Recipes.Digits()), Planned(AnchorNames.Pruned));

        var first = anchored.Steps.Single(s => s.Node == "cycle-1/soup");
        ((SoupSpec)first.Spec!).Anchor.ShouldBe(anchored.Steps.Single(s => s.Node == "cycle-1/prune").Result!.Outputs[OutputNames.Checkpoint]);
        Key(anchored, "cycle-1/candidate-2").ShouldBe(Key(plain, "cycle-1/candidate-2"));
        first.DependsOn.ShouldBeUnique();
    }

    [Fact]
    public void An_anchor_that_fails_ends_the_run_with_its_reason()
    {
        var plan = new FakeWorld().RunToEnd(Recipe(AnchorNames.Retrained), step => step.Node == "cycle-1/anchor");

        plan.Failure!.Reason.ShouldStartWith("cycle-1/anchor: ");
    }

    private static Plan Planned(string anchor) => new FakeWorld().RunToEnd(Recipe(anchor));

    private static Recipe Recipe(string anchor) => Recipes.Digits() with { Soup = new SoupRecipe { Method = MethodSpec.Of("model-stock"), Anchor = anchor } };

    private static string? Key(Plan plan, string node) => plan.Steps.Single(s => s.Node == node).Key;
}
