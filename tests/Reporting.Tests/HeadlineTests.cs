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

    [Fact]
    public void A_greedy_soup_says_how_many_it_took()
    {
        var report = SampleReport.Create();
        var last = report.Cycles[^1];
        report = report with { Cycles = [last with { Admission = last.Admission with { Members = [4, 1] } }] };
        Headline.Of(report).ShouldContain("the soup of 2 of 5 candidates");
    }
}
