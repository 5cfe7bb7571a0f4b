using SparsePipeline.Contracts;
using SparsePipeline.Planning;
using SparsePipeline.Reporting.Studies.Pages;

namespace SparsePipeline.Reporting.Tests.Studies;

/// <summary>Studies whose networks are compared by something else than their accuracy.</summary>
public sealed class StudyMeasureTests
{
    private static readonly MeasureInfo Error = new("mean-squared-error", "mean squared error", FigureInfo.Real, HigherIsBetter: false);
    private static readonly MeasureInfo Recall = new("recall-at-1", "recall@1", FigureInfo.Share, HigherIsBetter: true);

    /// <summary>A soup whose error is smaller is ahead: 30 − (29.0, 28.9, 28.8) = 1.0, 1.1, 1.2, of which s/√3 = 0.0577 and t = 4.303.</summary>
    [Fact]
    public void Of_errors_a_soup_is_ahead_where_its_error_is_smaller()
    {
        var report = Report(Error, r => [SampleStudy.Model("soup", 29.1 - (0.1 * r.Seed)), SampleStudy.Model("mean-candidate", 30), SampleStudy.Model("imp", 28)]);

        Claim(report, ClaimNames.BeatsMeanMember).Verdict.ShouldBe(Verdicts.Supported);
        Claim(report, ClaimNames.BeatsMeanMember).Differences.Interval!.Lower.ShouldBe(1.1 - (4.3027 * 0.057735), 1e-4);
        Claim(report, ClaimNames.BeatsImp).Verdict.ShouldBe(Verdicts.Contradicted);
        report.Measure.ShouldBe(Error);
    }

    [Fact]
    public void Recalls_are_shares_of_which_higher_is_better() =>
        Claim(Report(Recall, r => [SampleStudy.Model("soup", 0.5 + (0.01 * r.Seed)), SampleStudy.Model("mean-candidate", 0.45)]), ClaimNames.BeatsMeanMember).Verdict.ShouldBe(Verdicts.Supported);

    [Fact]
    public void A_better_start_and_a_gain_that_shrinks_go_by_the_direction_too()
    {
        var report = Report(
            Error,
            r => [SampleStudy.Model("soup", r.Sparsification.Sparsity > 0.95 ? 29 : 27), SampleStudy.Model("mean-candidate", 30)],
            r => [Cycle(2, candidates: 20 + (0.001 * r.Seed), imp: 22)]);

        Claim(report, ClaimNames.SoupIsABetterStart).Differences.Mean.ShouldBe(1.998, 1e-9);
        Claim(report, ClaimNames.GainShrinksWithSparsity).Differences.Mean.ShouldBe(2, 1e-9, "3 at 90 % and 1 at 98 %");
    }

    [Fact]
    public void Pages_speak_of_the_measure_in_its_unit_and_say_the_direction()
    {
        var page = StudyPage.Write(Report(Error, r => [SampleStudy.Model("soup", 29.1 - (0.1 * r.Seed)), SampleStudy.Model("imp", 30)]), ".");

        page.ShouldContain("Networks are compared by their mean squared error. Of the mean squared error lower is better");
        page.ShouldContain("Mean squared error on test, mean ± standard deviation");
        page.ShouldContain("| **soup** | 28.900 ± 0.100 |");
        page.ShouldContain("| imp | **−1.100** [−1.348, −0.852] |");
        foreach (var word in new[] { "ccuracy", "points", "in percent" })
            page.ShouldNotContain(word);
    }

    [Fact]
    public void Charts_and_the_terminal_speak_of_it_as_well()
    {
        var report = Report(Error, r => [SampleStudy.Model("soup", 29.1 - (0.1 * r.Seed)), SampleStudy.Model("mean-candidate", 30)], sweep: "sparsification.sparsity");

        StudyCharts.Of(report).Select(c => c.File).ShouldBe(["main-mean-squared-error.svg", "main-gain-test.svg", "main-distance.svg"]);
        StudyCharts.Of(report).First(c => c.File == "main-gain-test.svg").Svg.ShouldContain(">1.1<", customMessage: "what is gained is above 0 although the soup's error is smaller");
        ClaimSummary.Lines(Report(Error, r => [SampleStudy.Model("soup", 29.1 - (0.1 * r.Seed)), SampleStudy.Model("imp", 30)])).ShouldContain(l => l.Contains("+1.100 [+0.852, +1.348], Holm"));
    }

    private static StudyClaim Claim(StudyReport report, string claim) => report.Claims.Single(c => c.Claim == claim);

    private static StudyReport Report(
        MeasureInfo measure, Func<Recipe, IReadOnlyList<StudyModel>> models, Func<Recipe, IReadOnlyList<StudyCycle>>? cycles = null, string? sweep = null)
    {
        var grid = SampleStudy.Grid(sweep);
        return SampleStudy.Report(
            SampleStudy.Of(grid with { Cells = [.. grid.Cells.Select(c => new StudyCell(c.Settings, [.. c.Recipes.Select(r => r with { Measure = measure })]))] }), models, cycles);
    }

    private static StudyCycle Cycle(int cycle, double candidates, double imp) => new()
    {
        Cycle = cycle,
        Sparsity = 0.9,
        Members = 3,
        Soup = new Dictionary<string, double>(),
        Candidates = new Dictionary<string, double> { [StudySplits.Test] = candidates },
        Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["imp"] = new Dictionary<string, double> { [StudySplits.Test] = imp } },
    };
}
