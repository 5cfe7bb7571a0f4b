using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Tests;

public sealed class MarkdownReportTests
{
    private static readonly RunReport Sample = SampleReport.Create();

    [Fact]
    public void Every_network_has_a_row_with_what_it_cost()
    {
        var difference = new PairedDifference { Examples = 400, Difference = -0.01, Interval = new(-0.03, 0.012), OnlyOne = 2, OnlyOther = 6 };
        var ensemble = Sample.Baselines[1] with
        {
            Name = "ensemble",
            Networks = 5,
            TotalEpochs = 60,
            SoupMinusThis = new SplitDifferences { Test = difference, Validation = difference },
        };

        var page = MarkdownReport.Render(Sample with { Baselines = [.. Sample.Baselines, ensemble] });

        page.Split('\n').Count(l => l.StartsWith("| ", StringComparison.Ordinal)).ShouldBe(1 + 3 + 5 + 1);
        page.ShouldContain("| ensemble | 92.1 % (89.0–94.4) | −1.0 (−3.0…+1.2) | 79.1 % (76.4–83.3) | 98.0 % | 97.0 % | 30 | 60 | 5 |");
    }

    [Fact]
    public void What_the_test_split_chose_comes_last_and_says_so()
    {
        var page = MarkdownReport.Render(Sample with { Baselines = [Sample.Baselines[0] with { Name = "oracle-candidate", IsOracle = true }, Sample.Baselines[1]] });

        page.IndexOf("oracle-candidate (chosen by test)", StringComparison.Ordinal).ShouldBeGreaterThan(page.IndexOf("| imp |", StringComparison.Ordinal));
        page.Split('\n')[2].ShouldNotContain("oracle");
    }

    [Fact]
    public void A_baseline_that_is_missing_says_why() =>
        MarkdownReport.Render(Sample with { MissingBaselines = [new("imp", "imp/cycle-2/candidate-0: it diverged.")] })
            .ShouldContain("There is no imp: imp/cycle-2/candidate-0: it diverged.");
}
