using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies;
using SparsePipeline.Reporting.Studies.Building;

namespace SparsePipeline.Reporting.Tests.Studies;

public sealed class StudyReportBuilderTests
{
    [Fact]
    public void Means_deviations_and_paired_differences_are_those_worked_out_by_hand()
    {
        // Soup 0.91, 0.92, 0.93; IMP 0.90, 0.90, 0.90: differences 0.01, 0.02, 0.03, mean 0.02, s 0.01, reach 4.3027 · 0.01 / √3 = 0.02484.
        var cell = SampleStudy.Report(SampleStudy.Of(SampleStudy.Grid()), r => [SampleStudy.Model("soup", 0.9 + (0.01 * r.Seed)), SampleStudy.Model("imp", 0.9)])
            .Grids[0].Cells[0];

        var soup = cell.Figures.Single(f => f.Model == "soup");
        (soup.Split, soup.Count).ShouldBe(("test", 3));
        soup.Mean.ShouldBe(0.92, 1e-12);
        soup.Deviation!.Value.ShouldBe(0.01, 1e-12);
        var difference = cell.Differences.ShouldHaveSingleItem();
        difference.Model.ShouldBe("imp");
        difference.Differences.BySeed.Keys.ShouldBe([1, 2, 3]);
        difference.Differences.BySeed[3].ShouldBe(0.03, 1e-12);
        difference.Differences.Mean.ShouldBe(0.02, 1e-12);
        difference.Differences.Interval!.Lower.ShouldBe(0.02 - 0.02484, 1e-5);
        difference.Differences.Interval.Upper.ShouldBe(0.02 + 0.02484, 1e-5);
    }

    [Fact]
    public void A_run_that_failed_is_told_and_the_figures_are_those_of_the_others()
    {
        var study = SampleStudy.Of(SampleStudy.Grid());
        var runs = study.Recipes.ToDictionary(RunId.Of, r => r.Seed == 2
            ? SampleStudy.Run(r) with { Failure = new StepFailure(FailureCodes.Diverged, "The loss is NaN.", "Lower the rate.") }
            : SampleStudy.Run(r) with { Models = [SampleStudy.Model("soup", 0.9), SampleStudy.Model("imp", 0.8)] });

        var cell = StudyReportBuilder.Build(study, SampleStudy.Runs(runs), SampleStudy.Origin, "4 cores", "again").Grids[0].Cells[0];

        cell.Runs.Single(r => r.Failure is not null).Seed.ShouldBe(2);
        cell.Figures.ShouldAllBe(f => f.Count == 2);
        cell.Differences[0].Differences.BySeed.Keys.ShouldBe([1, 3]);
    }

    [Fact]
    public void Runs_that_were_finished_before_the_study_was_written_down_are_counted()
    {
        var study = SampleStudy.Of(SampleStudy.Grid());
        var written = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        // Seed 1 an hour before, the others one and two hours after.
        var runs = SampleStudy.Runs(study.Recipes.ToDictionary(RunId.Of, r => SampleStudy.Run(r) with { FinishedAt = written.AddHours(r.Seed == 1 ? -1 : r.Seed - 1) }));

        var report = StudyReportBuilder.Build(study, runs, SampleStudy.Origin with { Commit = "0123456", CommittedAt = written }, "4 cores", "again");

        report.Computed.ShouldBe(new StudyComputation(written.AddHours(-1), written.AddHours(2), Runs: 6, BeforeOrigin: 2));
    }

    [Fact]
    public void Only_seeds_of_which_every_cell_has_ended_are_complete_and_a_study_without_one_that_judges_is_none()
    {
        var study = SampleStudy.Of(SampleStudy.Grid());
        var half = study.Grids[0].Cells[1].Recipes.Where(r => r.Seed != 2).Concat(study.Grids[0].Cells[0].Recipes).Select(RunId.Of).ToHashSet();

        var (cut, missing) = CompleteSeeds.Cut(study, half.Contains);

        cut!.Grids[0].Cells.ShouldAllBe(c => c.Recipes.Select(r => r.Seed).SequenceEqual(new long[] { 1, 3 }));
        missing.ShouldHaveSingleItem().Seeds.ShouldBe([2]);
        var (none, all) = CompleteSeeds.Cut(study, _ => false);
        none.ShouldBeNull();
        (all[0].IsLeftOut, all[0].Seeds.Count).ShouldBe((true, 3));
        CompleteSeeds.Cut(study, _ => true).Missing.ShouldBeEmpty();
    }

    [Fact]
    public void The_figures_of_a_run_are_those_of_its_report()
    {
        var report = SampleReport.Create();
        var mean = report.Baselines.Single(b => b.Name == "mean-candidate") with
        {
            ValidationAccuracy = 0.93,
            ShiftAccuracies = new Dictionary<string, double> { ["unseen-writers"] = 0.8 },
            CorruptedAccuracy = 0.7,
        };

        var run = RunFigures.Of(report with { Baselines = [.. report.Baselines.Where(b => b.Name != mean.Name), mean] }, failure: null);

        run.Models.Select(m => m.Name).ShouldBe(["soup", "dense", "imp", "imp-longer", "best-candidate", "mean-candidate"]);
        run.Models[0].Accuracies["shift/unseen-writers"].ShouldBe(run.Models[0].Accuracies["test"] - 0.12, 1e-9);
        run.Models[^1].Accuracies.ShouldBe(new Dictionary<string, double>
        {
            ["corrupted"] = 0.7,
            ["shift/unseen-writers"] = 0.8,
            ["shifted"] = 0.919 - 0.13,
            ["test"] = 0.919,
            ["validation"] = 0.93,
        });
        run.Cycles[1].Candidates["test"].ShouldBe(0.934, 1e-9);
        run.Cycles[1].Baselines["imp"]["test"].ShouldBe(0.94);
        run.Cycles[1].Baselines["imp"]["shifted"].ShouldBe(0.94 - 0.13, 1e-9);
        // Distances are 2 + (i + j) / 10 over the ten pairs of 0 to 4, whose sums i + j average 4.
        run.Cycles[2].Distance!.Value.ShouldBe(2.4, 1e-9);
        run.Cycles[2].Members.ShouldBe(5);
        RunFigures.Of(SampleReport.Create(), new StepFailure(FailureCodes.Diverged, "No.", "Yes.")).Models.ShouldBeEmpty();
    }
}
