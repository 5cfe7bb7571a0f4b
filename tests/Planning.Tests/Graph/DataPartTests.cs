using SparsePipeline.Contracts;

namespace SparsePipeline.Planning.Tests;

public sealed class DataPartTests
{
    private static readonly DataPart A = new() { Share = [0, 0.5] };
    private static readonly DataPart B = new() { Share = [0.5, 1] };

    [Fact]
    public void Candidates_are_fine_tuned_on_their_part_from_an_anchor_that_was_trained_on_the_datas()
    {
        var plan = Planned(Recipe() with { Soup = new SoupRecipe { Method = MethodSpec.Of("model-stock"), Anchor = AnchorNames.Retrained } });

        Train(plan, "dense").Data.Part!.Share.ShouldBe(A.Share);
        Train(plan, "cycle-1/anchor").Data.Part!.Share.ShouldBe(A.Share);
        Train(plan, "cycle-1/candidate-0").Data.Part!.Share.ShouldBe(B.Share);
        Train(plan, "cycle-2/candidate-1").Data.Part!.Share.ShouldBe(B.Share);
        Train(plan, "cycle-1/candidate-0").Checkpoint.ShouldBe(plan.Steps.Single(s => s.Node == "cycle-1/anchor").Result!.Outputs[OutputNames.Checkpoint]);
    }

    [Fact]
    public void What_measures_and_what_reads_no_labels_does_not_depend_on_them()
    {
        var plan = Planned(Recipe() with { Data = Recipe().Data with { LabelNoise = 0.2 } });

        plan.Steps.Select(s => s.Spec).OfType<EvaluateSpec>().ShouldAllBe(s => s.Data.Part == null && s.Data.LabelNoise == 0);
        plan.Steps.Select(s => s.Spec).OfType<SoupSpec>().ShouldAllBe(s => s.Data.LabelNoise == 0);
        plan.Steps.Select(s => s.Spec).OfType<TrainSpec>().ShouldAllBe(s => s.Data.LabelNoise == 0.2);
    }

    [Fact]
    public void A_step_names_the_arrivals_up_to_its_cycle_and_none_that_come_later()
    {
        var recipe = Recipes.Digits(candidates: 2, cycles: 3, baselines: [BaselineNames.Imp]);
        var plan = Planned(recipe with { Data = recipe.Data with { Arrivals = [0.4, 0.7, 1] } });

        Train(plan, "dense").Data.Arrivals.ShouldBe([0.4]);
        Train(plan, "cycle-1/candidate-0").Data.Arrivals.ShouldBe([0.4, 0.7]);
        Train(plan, "cycle-2/candidate-1").Data.Arrivals.ShouldBe([0.4, 0.7, 1]);
        Train(plan, "cycle-3/candidate-1").Data.Arrivals.ShouldBe([0.4, 0.7, 1]);
        Train(plan, "imp/cycle-2/candidate-0").Data.Arrivals.ShouldBe([0.4, 0.7, 1]);
        ((SoupSpec)plan.Steps.Single(s => s.Node == "cycle-1/soup").Spec!).Data.Arrivals.ShouldBe([0.4, 0.7]);
        plan.Steps.Select(s => s.Spec).OfType<EvaluateSpec>().ShouldAllBe(s => s.Data.Arrivals!.SequenceEqual(new[] { 0.4 }));
    }

    [Fact]
    public void More_that_arrives_later_changes_no_step_before()
    {
        var recipe = Recipes.Digits(candidates: 2, cycles: 2, baselines: []);
        Plan With(params double[] arrivals) => Planned(recipe with { Data = recipe.Data with { Arrivals = arrivals } });
        string? Key(Plan plan, string node) => plan.Steps.Single(s => s.Node == node).Key;

        var (one, other) = (With(0.4, 0.7, 1), With(0.4, 0.7, 0.8));

        Key(one, "cycle-1/candidate-0").ShouldBe(Key(other, "cycle-1/candidate-0"));
        Key(one, "cycle-2/candidate-0").ShouldNotBe(Key(other, "cycle-2/candidate-0"));
    }

    private static Plan Planned(Recipe recipe) => new FakeWorld().RunToEnd(recipe);

    private static TrainSpec Train(Plan plan, string node) => (TrainSpec)plan.Steps.Single(s => s.Node == node).Spec!;

    private static Recipe Recipe()
    {
        var recipe = Recipes.Digits(baselines: []);
        return recipe with { Data = recipe.Data with { Part = A }, Retraining = recipe.Retraining with { Part = B } };
    }
}
