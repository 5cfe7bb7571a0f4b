using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Tests.Studies;

/// <summary>Verdicts follow from the figures and from nothing else.</summary>
public sealed class ClaimTests
{
    [Theory]
    [InlineData(0.01, 0.011, 0.012, Verdicts.Supported)]
    [InlineData(-0.01, -0.011, -0.012, Verdicts.Contradicted)]
    [InlineData(-0.01, 0.01, 0.03, Verdicts.Undecided)]
    [InlineData(0, 0, 0, Verdicts.Undecided)]
    public void The_verdict_is_what_the_interval_over_the_seeds_says(double first, double second, double third, string verdict)
    {
        double[] gains = [first, second, third];

        var claim = Claims(r => [SampleStudy.Model("soup", 0.9 + gains[r.Seed - 1]), SampleStudy.Model("mean-candidate", 0.9)]).Single(c => c.Claim == "beats-mean-member");

        claim.Verdict.ShouldBe(verdict);
        claim.Differences.Mean.ShouldBe(gains.Average(), 1e-12);
        claim.Cells.Select(c => (c.Cell, c.Verdict)).ShouldBe([("sparsity 0.9", verdict), ("sparsity 0.98", verdict)]);
    }

    [Theory]
    [InlineData(0.00004, 0.0114, Verdicts.Undecided)]
    [InlineData(0.00006, 0.0114, Verdicts.Supported)]
    [InlineData(0, 0.0114, Verdicts.Undecided)]
    [InlineData(-0.0114, -0.00004, Verdicts.Undecided)]
    [InlineData(-0.0114, -0.00006, Verdicts.Contradicted)]
    public void An_interval_of_which_an_end_is_written_as_0_touches_0_and_decides_nothing(double lower, double upper, string verdict) =>
        Verdicts.Of(new Interval(lower, upper), MeasureInfo.Accuracy).ShouldBe(verdict);

    [Fact]
    public void A_verdict_never_says_more_than_the_interval_that_is_printed_beside_it()
    {
        // 0.00005 is not a binary number: what is printed and what is compared must round it to the same side.
        for (var end = -0.001; end < 0.001; end += 0.0000125)
        {
            foreach (var measure in new[] { MeasureInfo.Accuracy, new("error", "error", FigureInfo.Real, HigherIsBetter: false) })
            {
                var printed = new Compared(measure).Signed(end);
                (Verdicts.Of(new Interval(end, 1), measure) == Verdicts.Supported).ShouldBe(printed.StartsWith('+'), printed);
                (Verdicts.Of(new Interval(-1, end), measure) == Verdicts.Contradicted).ShouldBe(printed.StartsWith('−'), printed);
            }
        }
    }

    [Fact]
    public void Claims_on_one_split_are_a_family_and_only_those_that_the_study_names_are_in_it()
    {
        var study = SampleStudy.Of(SampleStudy.Grid(null, "uniform", "greedy"));
        IReadOnlyList<StudyModel> Models(Recipe r) => [SampleStudy.Model("soup", 0.9 + (0.001 * r.Seed), 0.8), SampleStudy.Model("imp", 0.89, 0.8), SampleStudy.Model("mean-candidate", 0.9, 0.8)];

        // Two claims about two kinds of soup, and what shrinks with sparsity for each.
        SampleStudy.Report(study, Models).Claims.ShouldAllBe(c => c.Corrected.Family == 6);
        SampleStudy.Report(study with { Claims = [ClaimNames.BeatsImp] }, Models).Claims.Select(c => (c.Claim, c.Split, c.Corrected.Family)).Distinct()
            .ShouldBe([("beats-imp", "test", 2), ("beats-imp", "shifted", 2)]);
    }

    [Fact]
    public void Cells_are_averaged_seed_by_seed_so_the_interval_has_as_many_values_as_there_are_seeds()
    {
        // 0.01 at 90 % and 0.03 at 98 % with every seed: the mean is 0.02 each time.
        var claim = Claims(r => [SampleStudy.Model("soup", r.Sparsification.Sparsity > 0.95 ? 0.93 : 0.91), SampleStudy.Model("imp", 0.9)]).Single(c => c.Claim == "beats-imp");

        claim.Differences.BySeed.Count.ShouldBe(3);
        claim.Differences.BySeed.Values.ShouldAllBe(d => Math.Abs(d - 0.02) < 1e-12);
    }

    [Fact]
    public void Shifts_are_claims_of_their_own_and_one_shift_is_not_told_twice()
    {
        var claims = Claims(r => [SampleStudy.Model("soup", 0.9, 0.8), SampleStudy.Model("imp", 0.91, 0.79)]).Where(c => c.Claim == "beats-imp").ToList();

        claims.Select(c => (c.Split, c.Verdict)).ShouldBe([("test", Verdicts.Contradicted), ("shifted", Verdicts.Supported)]);
    }

    [Fact]
    public void A_better_start_is_looked_for_from_the_second_cycle_on()
    {
        // Candidates 0.1 below IMP in the first cycle, 0.01 and 0.03 above it after.
        var claim = SampleStudy.Report(
            SampleStudy.Of(SampleStudy.Grid()), r => [SampleStudy.Model("soup", 0.9)],
            r => [Cycle(1, 0.8, 0.9), Cycle(2, 0.91, 0.9), Cycle(3, 0.93, 0.9)]).Claims.Single(c => c.Claim == "soup-is-a-better-start");

        claim.Differences.Mean.ShouldBe(0.02, 1e-12);
        claim.Verdict.ShouldBe(Verdicts.Supported);
    }

    [Fact]
    public void A_gain_that_shrinks_is_the_gain_at_the_lowest_sparsity_minus_that_at_the_highest()
    {
        // Gains of 0.03 at 90 % and 0.01 at 98 %.
        var claim = Claims(r => [SampleStudy.Model("soup", r.Sparsification.Sparsity > 0.95 ? 0.71 : 0.93), SampleStudy.Model("mean-candidate", r.Sparsification.Sparsity > 0.95 ? 0.7 : 0.9)])
            .Single(c => c.Claim == "gain-shrinks-with-sparsity");

        claim.Differences.Mean.ShouldBe(0.02, 1e-12);
        claim.Cells.ShouldHaveSingleItem();
    }

    [Fact]
    public void Kinds_of_soup_are_judged_apart()
    {
        var report = SampleStudy.Report(
            SampleStudy.Of(SampleStudy.Grid(null, "uniform", "greedy")),
            r => [SampleStudy.Model("soup", r.Soup.Method.Name == "greedy" ? 0.91 : 0.89), SampleStudy.Model("imp", 0.9)]);

        report.Claims.Where(c => c.Claim == "beats-imp").Select(c => (c.Soup, c.Verdict))
            .ShouldBe([("uniform", Verdicts.Contradicted), ("greedy", Verdicts.Supported)]);
    }

    [Fact]
    public void Nothing_is_claimed_of_a_sweep() =>
        SampleStudy.Report(SampleStudy.Of(SampleStudy.Grid(sweep: "sparsification.sparsity")), r => [SampleStudy.Model("soup", 0.9), SampleStudy.Model("imp", 0.8)]).Claims.ShouldBeEmpty();

    [Fact]
    public void Nothing_is_claimed_of_a_comparison_that_chose_a_setting() =>
        SampleStudy.Report(SampleStudy.Of(SampleStudy.Grid() with { SeedRole = SeedRoles.Tuning }), r => [SampleStudy.Model("soup", 0.9), SampleStudy.Model("imp", 0.8)]).Claims.ShouldBeEmpty();

    private static IReadOnlyList<StudyClaim> Claims(Func<Recipe, IReadOnlyList<StudyModel>> models) => SampleStudy.Report(SampleStudy.Of(SampleStudy.Grid()), models).Claims;

    private static StudyCycle Cycle(int cycle, double candidates, double imp) => new()
    {
        Cycle = cycle,
        Sparsity = 0.5,
        Soup = new Dictionary<string, double>(),
        Candidates = new Dictionary<string, double> { ["test"] = candidates },
        Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["imp"] = new Dictionary<string, double> { ["test"] = imp } },
        Members = 3,
    };
}
