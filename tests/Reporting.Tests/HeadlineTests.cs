using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Tests;

public sealed class HeadlineTests
{
    [Fact]
    public void The_soup_is_named_beside_everything_it_must_beat()
    {
        var sentence = Headline.Of(SampleReport.Create());
        sentence.ShouldBe(
            "At 98.0 % sparsity (97.0 % of all parameters) the soup of 5 candidates reaches 92.9 % test accuracy: 4.3 points below dense, 0.8 points above imp, "
            + "0.2 points above imp-longer, 1.0 points above mean-candidate, 0.6 points above best-candidate.");
    }

    [Fact]
    public void A_soup_worse_than_its_members_is_called_worse()
    {
        Headline.Judgement(SampleReport.Create(gain: -0.02)).ShouldStartWith("Averaging did not pay here: the soup is worse than its mean candidate (−2.0 points;");
    }

    [Fact]
    public void Equal_compute_is_part_of_the_judgement_when_it_was_measured()
    {
        Headline.Judgement(SampleReport.Create()).ShouldEndWith("At equal compute without averaging (imp-longer) the difference is +0.2 points.");
        Headline.Judgement(SampleReport.Create() with { Baselines = [] }).ShouldNotContain("equal compute");
    }

    [Fact]
    public void A_difference_smaller_than_one_test_example_is_not_a_gain()
    {
        Headline.Judgement(SampleReport.Create(gain: 0.001)).ShouldStartWith("Averaging changed nothing that this test set could show");
    }

    /// <summary>An error goes down when it gets better, and a difference that is written as 0 is none.</summary>
    [Theory]
    [InlineData(-0.0004, "Averaging changed nothing that three decimals show (±0.000 in test mean squared error")]
    [InlineData(-0.01, "Averaging paid: the soup beats its mean candidate (−0.010 in test mean squared error")]
    [InlineData(0.01, "Averaging did not pay here: the soup is worse than its mean candidate (+0.010 in test mean squared error")]
    [InlineData(0, "Averaging changed nothing (±0.000 in test mean squared error")]
    public void What_is_no_accuracy_is_judged_by_its_direction_and_by_what_is_written(double difference, string beginning)
    {
        var report = SampleReport.Create();
        var last = report.Cycles[^1];
        report = report with
        {
            Recipe = report.Recipe with { Measure = new MeasureInfo("mean-squared-error", "mean squared error", FigureInfo.Real, HigherIsBetter: false) },
            Cycles = [last with { Soup = Measured(last.Soup, 0.5 + difference), Candidates = [.. last.Candidates.Select(c => Measured(c, 0.5))] }],
        };

        Headline.Judgement(report).ShouldStartWith(beginning);
    }

    private static ReportedModel Measured(ReportedModel model, double error) => model with
    {
        Evaluation = model.Evaluation with
        {
            Test = model.Evaluation.Test with { Primary = "mean-squared-error", Metrics = new Dictionary<string, double> { ["mean-squared-error"] = error } },
        },
    };

    [Fact]
    public void A_soup_of_one_candidate_is_not_said_to_have_been_averaged()
    {
        var report = SampleReport.Create();
        var last = report.Cycles[^1];

        Headline.Judgement(report with { Cycles = [last with { Admission = last.Admission with { Members = [4] } }] })
            .ShouldStartWith("Nothing was averaged: the soup is one of its candidates, here beside the mean of all (");
    }

    [Fact]
    public void A_greedy_soup_says_how_many_it_took()
    {
        var report = SampleReport.Create();
        var last = report.Cycles[^1];
        report = report with { Cycles = [last with { Admission = last.Admission with { Members = [4, 1] } }] };
        Headline.Of(report).ShouldContain("the soup of 2 of 5 candidates");
    }
}
