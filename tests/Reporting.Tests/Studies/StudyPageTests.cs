using System.Xml.Linq;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Studies.Pages;

namespace SparsePipeline.Reporting.Tests.Studies;

public sealed class StudyPageTests
{
    [Fact]
    public void A_page_has_figures_with_their_spread_differences_seed_by_seed_and_what_the_author_says()
    {
        var page = StudyPage.Write(Comparison(), "charts");

        page.ShouldContain("What the author *thinks*.");
        page.ShouldContain("| **soup** | 92.0 ± 1.0 |");
        page.ShouldContain("| imp | +2.00 [−0.48, +4.48] |", customMessage: "the interval has 0 in it, so it is not bold");
        page.ShouldContain("| mean-candidate | **+1.00** [+1.00, +1.00] |");
        page.ShouldContain("+1.00 / +2.00 / +3.00");
        page.ShouldContain("(charts/main-test.svg)");
        page.ShouldContain("Accuracy on writers in percent");
    }

    [Fact]
    public void A_table_says_which_sparsity_a_model_reached_in_each_cell()
    {
        var report = SampleStudy.Report(SampleStudy.Of(SampleStudy.Grid()), r =>
        [
            SampleStudy.Model("soup", 0.9) with { Sparsity = r.Sparsification.Sparsity },
            SampleStudy.Model("imp-average", 0.9) with { Sparsity = r.Sparsification.Sparsity - (0.01 * r.Seed) },
        ]);

        var page = StudyPage.Write(report, ".");

        page.ShouldContain("| sparsity % | retraining epochs |");
        page.ShouldContain("| **soup** | 90.0 ± 0.0 | 90.0 ± 0.0 | 90.0, 98.0 | 12 |");
        page.ShouldContain("| imp-average | 90.0 ± 0.0 | 90.0 ± 0.0 | 88.0, 96.0 | 12 |", customMessage: "the mean over the seeds");
    }

    [Fact]
    public void A_sweep_shows_how_far_apart_the_members_were()
    {
        var report = SampleStudy.Report(
            SampleStudy.Of(SampleStudy.Grid(sweep: "sparsification.sparsity")),
            r => [SampleStudy.Model("soup", 0.92), SampleStudy.Model("mean-candidate", 0.9), SampleStudy.Model("imp", 0.91)],
            r =>
            [
                new StudyCycle
                {
                    Cycle = 1, Sparsity = 0.9, Members = 3, Distance = 1.5, Barrier = 0.25, Soup = new Dictionary<string, double>(),
                    Candidates = new Dictionary<string, double>(), Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>>(),
                },
            ]);

        StudyPage.Write(report, ".").ShouldContain("| 0.9 | 90.0 ± 0.0 | 92.0 ± 0.0 | 91.0 ± 0.0 | **+2.00** [+2.00, +2.00] | 1.50 | 0.250 | 3.0 |", customMessage: "columns without a figure are left out");
        StudyCharts.Of(report).Select(c => c.File).ShouldBe(["main-accuracy.svg", "main-gain-test.svg", "main-distance.svg"]);
    }

    [Fact]
    public void Charts_are_files_of_their_own_that_name_their_series()
    {
        var chart = StudyCharts.Of(Comparison()).First();

        var svg = XDocument.Parse(chart.Svg).Root!;
        svg.Name.NamespaceName.ShouldBe("http://www.w3.org/2000/svg");
        svg.Descendants(svg.Name.Namespace + "text").Select(t => t.Value).ShouldContain("mean-candidate");
        StudyCharts.Of(Comparison()).First().Svg.ShouldBe(chart.Svg);
    }

    [Fact]
    public void A_study_of_which_every_run_failed_still_has_a_page_that_says_why()
    {
        var study = SampleStudy.Of(SampleStudy.Grid());
        var report = Reporting.Studies.Building.StudyReportBuilder.Build(
            study, SampleStudy.Runs(study.Recipes.ToDictionary(RunId.Of, r => SampleStudy.Run(r) with { Failure = new StepFailure(FailureCodes.Diverged, "The loss is NaN.", "Lower the rate.") })), SampleStudy.Origin, "4 cores", "again");

        StudyPage.Write(report, ".").ShouldContain("The loss is NaN.");
        StudyCharts.Of(report).ShouldBeEmpty();
    }

    [Fact]
    public void Verdicts_of_several_studies_stand_side_by_side()
    {
        var table = ClaimTable.Across([Comparison(), Comparison() with { Title = "Another" }]);

        table.ShouldContain("| claim | on | A sample (n = 3) | Another (n = 3) |");
        table.ShouldContain("| the soup beats the mean of its members (uniform) | natural shifts | supported: **+1.00** [+1.00, +1.00], Holm [+1.00, +1.00] | supported: **+1.00** [+1.00, +1.00], Holm [+1.00, +1.00] |");
        table.ShouldContain("Independent of each other are the 1 data sets", customMessage: "two studies of one name are one");
    }

    [Fact]
    public void A_page_says_which_grids_chose_and_gives_them_no_verdicts()
    {
        var study = SampleStudy.Of(SampleStudy.Grid(), SampleStudy.Grid(sweep: "sparsification.sparsity") with { Name = "rate", Title = "Rate", SeedRole = SeedRoles.Tuning });
        var page = StudyPage.Write(SampleStudy.Report(study with { Seeds = new StudySeeds([21, 22], SampleStudy.Seeds) }, r => [SampleStudy.Model("soup", 0.92), SampleStudy.Model("mean-candidate", 0.9)]), ".");

        page.ShouldContain("tuning seeds 21, 22, judging seeds 1 to 3");
        page.ShouldContain("### Comparison\n\nJudging seeds 1 to 3.\n");
        var chosen = page[page.IndexOf("### Rate, tuning seeds", StringComparison.Ordinal)..];
        chosen.ShouldContain("by such figures settings were chosen. Nothing here is a verdict.");
        chosen.ShouldContain("| +2.00 [+2.00, +2.00] |");
        chosen.ShouldNotContain("**");
    }

    [Fact]
    public void A_page_has_averages_over_the_grid_that_are_those_worked_out_by_hand()
    {
        // 0.91 at 90 % and 0.81 at 98 %: the mean is 0.86; IMP is 0.01 and 0.03 below, 0.02 in the mean.
        var report = SampleStudy.Report(SampleStudy.Of(SampleStudy.Grid()), r => r.Sparsification.Sparsity > 0.95
            ? [SampleStudy.Model("soup", 0.81), SampleStudy.Model("imp", 0.78)] : [SampleStudy.Model("soup", 0.91), SampleStudy.Model("imp", 0.90)]);

        StudyPage.Write(report, ".").ShouldContain("|  | test, % | soup minus it, test |\n|---|---:|---:|\n| **soup** | 86.0 |  |\n| imp | 84.0 | **+2.00** [+2.00, +2.00] |");
    }

    [Theory]
    [InlineData(0, "2026-01-02 03:04 UTC; the 6 runs that judge were finished from", false)]
    [InlineData(4, "**Warning: 4 of 6 results are older than that commit", true)]
    public void A_page_warns_when_results_are_older_than_what_they_are_judged_by(int before, string text, bool warns)
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.Zero);
        var page = StudyPage.Write(
            Comparison() with
            {
                Origin = SampleStudy.Origin with { Commit = "0123456789abcdef", CommittedAt = at, Unknown = null },
                Computed = new StudyComputation(at.AddHours(-1), at.AddHours(1), 6, before),
            }, ".");

        page.ShouldContain("are those of commit `0123456`");
        page.ShouldContain(text);
        page.Contains("Warning").ShouldBe(warns);
    }

    [Fact]
    public void A_page_names_the_seeds_and_grids_that_are_not_there_yet()
    {
        var page = StudyPage.Write(Comparison() with { Missing = [new MissingSeeds("main", [7, 8], false), new MissingSeeds("length", [1, 2], true)] }, ".");

        page.ShouldContain("Judging seeds 1 to 3. Not computed yet: seeds 7, 8.");
        page.ShouldContain("Not computed yet, and so left out: the grid length.");
    }

    private static StudyReport Comparison() => SampleStudy.Report(SampleStudy.Of(SampleStudy.Grid()), r =>
    [
        SampleStudy.Model("soup", 0.9 + (0.01 * r.Seed), 0.8), SampleStudy.Model("imp", 0.9, 0.8), SampleStudy.Model("mean-candidate", 0.89 + (0.01 * r.Seed), 0.79),
    ]);
}
