using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Building;

namespace SparsePipeline.Reporting.Tests;

public sealed class RunReportBuilderTests
{
    private static readonly Recipe TwoByThree = SampleReport.CreateRecipe() with
    {
        Sparsification = new SparsificationRecipe { Sparsity = 0.9, Cycles = 2 },
        Retraining = new RetrainingRecipe { Epochs = 4, Candidates = 3 },
    };

    private static readonly Recipe All = TwoByThree with { Evaluation = new EvaluationRecipe { Baselines = BaselineNames.All } };

    [Fact]
    public async Task Every_cycle_lists_its_soup_and_its_candidates_with_what_was_measured()
    {
        var report = await BuildAsync(Accuracy);
        report.Cycles.Count.ShouldBe(2);
        report.Cycles[1].Sparsity.ShouldBe(0.9);
        report.Cycles[1].Soup.Accuracy.ShouldBe(0.93);
        report.Cycles[1].Soup.ShiftedAccuracy!.Value.ShouldBe(0.81, 1e-12);
        report.Cycles[1].Soup.Digest.Length.ShouldBe(64);
        report.Cycles[1].Candidates.Select(c => c.Accuracy).ShouldBe([0.90, 0.91, 0.92]);
    }

    [Fact]
    public async Task What_the_networks_take_and_say_is_told_as_the_dense_training_tells_it()
    {
        var inputs = (await BuildAsync(Accuracy)).Inputs!;
        (inputs.Mean[0], inputs.Deviation[0]).ShouldBe((4.875, 6.25));
        inputs.Labels.ShouldBe(["zero", "one"]);
    }

    [Fact]
    public async Task Epochs_count_every_retraining_on_the_path_and_not_the_pretraining()
    {
        // Two cycles of three candidates of four epochs; imp is one candidate per cycle, imp-longer three times as long.
        var report = await BuildAsync(Accuracy);
        report.Cycles.Select(c => c.Epochs).ShouldBe([12, 24]);
        report.Baselines.ToDictionary(b => b.Name, b => b.Epochs).ShouldBe(
            new Dictionary<string, int>
            {
                [BaselineNames.Dense] = 0,
                [BaselineNames.Imp] = 8,
                [BaselineNames.ImpLonger] = 24,
                [BaselineNames.MeanCandidate] = 16,
                [BaselineNames.BestCandidate] = 24,
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task The_best_candidate_is_chosen_on_validation_not_on_test()
    {
        // SampleReport's validation accuracy is the test accuracy + 0.004, so the best is candidate 2; the mean is over all.
        var report = await BuildAsync(Accuracy);
        Baseline(report, BaselineNames.BestCandidate).Accuracy.ShouldBe(0.92);
        Baseline(report, BaselineNames.MeanCandidate).Accuracy.ShouldBe(0.91, 1e-12);
        Baseline(report, BaselineNames.MeanCandidate).CycleAccuracies[0].ShouldBe(0.96, 1e-12);
    }

    [Fact]
    public async Task Chains_take_the_steps_they_share_with_the_run_from_the_run()
    {
        // The first cut and the first retraining of imp are the run's own candidate 0.
        var report = await BuildAsync(Accuracy);
        Baseline(report, BaselineNames.Imp).CycleAccuracies.ShouldBe([0.95, 0.88]);
        Baseline(report, BaselineNames.ImpLonger).CycleAccuracies.ShouldBe([0.94, 0.89]);
        Baseline(report, BaselineNames.Imp).Sparsity.ShouldBe(0.9);
    }

    [Fact]
    public async Task Only_the_baselines_asked_for_are_reported_in_the_order_asked()
    {
        var recipe = TwoByThree with { Evaluation = new EvaluationRecipe { Baselines = [BaselineNames.MeanCandidate, BaselineNames.Dense] } };
        (await BuildAsync(Accuracy, recipe)).Baselines.Select(b => b.Name).ShouldBe([BaselineNames.MeanCandidate, BaselineNames.Dense]);
    }

    [Fact]
    public async Task A_run_with_one_candidate_still_has_every_baseline()
    {
        var recipe = TwoByThree with { Retraining = new RetrainingRecipe { Epochs = 4, Candidates = 1 } };
        var report = await BuildAsync(Accuracy, recipe);
        report.Baselines.Select(b => b.Name).ShouldBe(BaselineNames.Default);
        Baseline(report, BaselineNames.ImpLonger).Epochs.ShouldBe(8);
    }

    [Fact]
    public async Task Candidates_with_masks_of_their_own_are_reported_with_the_sparsity_of_their_average()
    {
        var recipe = TwoByThree with { Soup = new SoupRecipe { MaskPolicy = "union" } };
        var report = await BuildAsync(Accuracy, recipe);
        report.Cycles.Select(c => c.Sparsity).ShouldBe([0.25, 0.25]);
        report.Cycles[1].Prune.Layers.ShouldBe([new LayerDensity("fc.weight", 3, 4)]);
        report.Cycles[1].Candidates.Count.ShouldBe(3);
        report.Cycles.Select(c => c.Epochs).ShouldBe([12, 24]);
        Baseline(report, BaselineNames.Imp).Sparsity.ShouldBe(0.9);
        Baseline(report, BaselineNames.Imp).CycleAccuracies.ShouldBe(report.Cycles.Select(c => c.Candidates[0].Accuracy));
    }

    [Fact]
    public async Task Every_baseline_says_what_it_cost_and_how_sparse_it_really_is()
    {
        // Runs 1 and 2 of the average are the run's candidates in cycle 1 and retrain once more in cycle 2, as run 0 does: 3 · 4 · 2 epochs.
        var report = await BuildAsync(Accuracy, All);

        report.MissingBaselines.ShouldBeEmpty();
        (Baseline(report, BaselineNames.ImpAverage).Epochs, Baseline(report, BaselineNames.ImpAverage).TotalEpochs).ShouldBe((24, 54));
        (Baseline(report, BaselineNames.Dense).Epochs, Baseline(report, BaselineNames.Dense).TotalEpochs).ShouldBe((0, 30));
        report.Cycles[1].TotalEpochs.ShouldBe(54);
        // 99 of 100 parameters are prunable.
        report.Cycles[1].GlobalSparsity!.Value.ShouldBe(0.9 * 0.99, 1e-12);
        Baseline(report, BaselineNames.ImpAverage).GlobalSparsity!.Value.ShouldBe(0.25 * 0.99, 1e-12);
        Baseline(report, BaselineNames.MeanCandidate).GlobalSparsity!.Value.ShouldBe(0.9 * 0.99, 1e-12);
        Baseline(report, BaselineNames.Dense).GlobalSparsity.ShouldBe(0);
        report.Baselines.ToDictionary(b => b.Name, b => b.Sparsity).ShouldSatisfyAllConditions(
            s => s[BaselineNames.ImpAverage].ShouldBe(0.25),
            s => s[BaselineNames.Imp].ShouldBe(0.9),
            s => s[BaselineNames.Ensemble].ShouldBe(0.9),
            s => s[BaselineNames.Dense].ShouldBe(0));
        report.Baselines.Where(b => b.Networks != 1).Select(b => (b.Name, b.Networks, b.Epochs)).ShouldBe([(BaselineNames.Ensemble, 3, 24)]);
    }

    [Fact]
    public async Task The_oracle_is_the_best_on_each_split_and_named_as_one()
    {
        var oracle = Baseline(await BuildAsync(Accuracy, All), BaselineNames.OracleCandidate);

        oracle.IsOracle.ShouldBeTrue();
        (oracle.Accuracy, oracle.CycleAccuracies[0]).ShouldBe((0.92, 0.97));
        oracle.ShiftAccuracies["unseen-writers"].ShouldBe(0.80, 1e-12);
    }

    [Fact]
    public async Task The_last_soup_is_compared_with_each_baseline_on_the_same_examples()
    {
        // 0.93 and 0.92 of 400 examples, the first ones: 4 that only the soup gets right.
        var report = await BuildAsync(Accuracy, All);

        foreach (var baseline in report.Baselines)
            baseline.SoupMinusThis.ShouldNotBeNull(baseline.Name).Test.Difference.ShouldBe(0.93 - baseline.Accuracy, 0.005, baseline.Name);
        var best = Baseline(report, BaselineNames.BestCandidate).SoupMinusThis!;
        (best.Test.OnlyOne, best.Test.OnlyOther, best.Test.Examples).ShouldBe((4, 0, 400));
        best.Shifts.Keys.ShouldBe(["unseen-writers"]);
        Baseline(report, BaselineNames.MeanCandidate).SoupMinusThis!.Test.OnlyOne.ShouldBeNull();
        Baseline(report, BaselineNames.OracleCandidate).SoupMinusThis!.Test.ShouldBe(best.Test);
    }

    [Fact]
    public async Task A_baseline_that_failed_is_missing_and_says_why()
    {
        var report = await BuildAsync(Accuracy, All, fails: node => node == "imp/cycle-2/candidate-1");

        report.MissingBaselines.Select(m => m.Name).ShouldBe([BaselineNames.ImpAverage, BaselineNames.ImpReprune]);
        report.MissingBaselines[0].Reason.ShouldBe("imp/cycle-2/candidate-1: imp/cycle-2/candidate-1 diverged.");
        report.Cycles.Count.ShouldBe(2);
        report.Baselines.Count.ShouldBe(BaselineNames.All.Count - 2);
    }

    [Fact]
    public async Task Steps_say_what_was_cached_and_how_long_they_took()
    {
        var report = await BuildAsync(Accuracy);
        report.Steps.Single(s => s.Cached).Node.ShouldBe(NodeNames.Dense);
        report.Steps.ShouldAllBe(s => s.Seconds == 2 && s.Key.Length == 64);
        report.WallSeconds.ShouldBe(12.5);
        report.Command.ShouldBe("sparsepipe run it");
        report.Machine.ShouldBe("4 cores, SparsePipeline 1.2");
    }

    [Fact]
    public async Task A_run_that_failed_in_its_second_cycle_still_reports_the_first()
    {
        var report = await BuildAsync(Accuracy, fails: node => node.StartsWith("cycle-2/candidate", StringComparison.Ordinal));
        report.Cycles.Count.ShouldBe(1);
        report.Steps.Where(s => s.Failure is not null).ShouldNotBeEmpty();
    }

    private static double Accuracy(string node) => node switch
    {
        "dense" => 0.97,
        "cycle-1/soup" => 0.965,
        "cycle-2/soup" => 0.93,
        "imp/cycle-2/candidate-0" => 0.88,
        "imp-longer/cycle-1/candidate-0" => 0.94,
        "imp-longer/cycle-2/candidate-0" => 0.89,
        "imp-average/cycle-2/soup" or "imp-reprune/cycle-2/soup" => 0.87,
        "ensemble" => 0.935,
        _ => (node.StartsWith("cycle-1/", StringComparison.Ordinal) ? 0.95 : 0.90) + (0.01 * (node[^1] - '0')),
    };

    private static ReportedBaseline Baseline(RunReport report, string name) => report.Baselines.Single(b => b.Name == name);

    private static Task<RunReport> BuildAsync(Func<string, double> accuracy, Recipe? recipe = null, Func<string, bool>? fails = null)
    {
        var invented = new InventedRun(accuracy);
        return RunReportBuilder.BuildAsync(invented.Run(recipe ?? TwoByThree, fails), invented, TestContext.Current.CancellationToken);
    }
}
