using CsCheck;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class DisturbedRunTests
{
    private static readonly Gen<int[]> Chances = Gen.Int[0, 100_000].Array[0, 150];

    [Fact]
    public void Any_order_duplication_delay_or_loss_ends_in_the_same_finished_run()
    {
        var recipe = Recipes.Digits(candidates: 3, cycles: 2);
        var undisturbed = Outcome(new FakeWorld().RunToEnd(recipe));

        Chances.Sample(
            chances =>
            {
                var plan = new DisturbedRun(recipe, fails: _ => false).Run(chances);
                plan.Finished.ShouldBeTrue();
                Outcome(plan).ShouldBe(undisturbed);
            },
            iter: 150);
    }

    [Fact]
    public void Failed_candidates_within_the_quorum_give_the_same_run_whenever_they_fail()
    {
        var recipe = Recipes.Digits(candidates: 4, cycles: 2) with { Soup = new SoupRecipe { Quorum = 3 } };
        var undisturbed = Outcome(new FakeWorld().RunToEnd(recipe, IsDoomed));

        Chances.Sample(
            chances =>
            {
                var plan = new DisturbedRun(recipe, IsDoomed).Run(chances);
                plan.Finished.ShouldBeTrue();
                Outcome(plan).ShouldBe(undisturbed);
            },
            iter: 150);
    }

    [Fact]
    public void Every_baseline_comes_to_the_same_end_whatever_happens()
    {
        var recipe = Recipes.Digits(candidates: 3, cycles: 2, [.. BaselineNames.All]) with { Soup = new SoupRecipe { Quorum = 2 } };
        var undisturbed = Outcome(new FakeWorld().RunToEnd(recipe, IsDoomed));

        Chances.Sample(chances => Outcome(new DisturbedRun(recipe, IsDoomed).Run(chances)).ShouldBe(undisturbed), iter: 40);
    }

    [Fact]
    public void A_deadline_leaves_out_who_is_late_and_never_changes_its_mind()
    {
        var recipe = Recipes.Digits(candidates: 4, cycles: 2, baselines: []) with { Soup = new SoupRecipe { Quorum = 2, DeadlineMinutes = 15 } };

        Chances.Sample(
            chances =>
            {
                var plan = new DisturbedRun(recipe, fails: _ => false).Run(chances);
                plan.Finished.ShouldBeTrue();
                plan.Steps.Where(s => s.Kind == StepKinds.Soup).ShouldAllBe(s => ((SoupSpec)s.Spec!).Candidates.Count >= 2);
            },
            iter: 150);
    }

    [Fact]
    public void A_run_that_must_fail_fails_whatever_the_order()
    {
        var recipe = Recipes.Digits(candidates: 4, cycles: 2);

        Chances.Sample(
            chances =>
            {
                var plan = new DisturbedRun(recipe, IsDoomed).Run(chances);
                plan.Failure.ShouldNotBeNull().Code.ShouldBe(FailureCodes.Diverged);
                plan.Finished.ShouldBeFalse();
            },
            iter: 150);
    }

    private static bool IsDoomed(PlannedStep step) => step.Node is "cycle-1/candidate-1" or "cycle-2/candidate-3";

    private static string[] Outcome(Plan plan) => [.. plan.Steps.Select(s => $"{s.Node} {s.State} {s.Key} {Checkpoint(s)}")];

    private static string? Checkpoint(PlannedStep step) => step.Result?.Outputs.GetValueOrDefault(OutputNames.Checkpoint)?.Digest;
}
