using CsCheck;
using SparsePipeline.Contracts;
using SparsePipeline.Reporting.Statistics;

namespace SparsePipeline.Reporting.Tests.Statistics;

public sealed class PairedComparisonTests
{
    /// <summary>
    /// Altman, Machin, Bryant, Gardner 2000, Statistics with Confidence, table 6.2; Fagerland, Lydersen, Laake 2017, Statistical Analysis of
    /// Contingency Tables, chapter 8 (airway hyper-responsiveness, Bentur et al. 2009).
    /// </summary>
    [Theory]
    [InlineData(14, 5, 0, 22, 0.011, 0.226)]
    [InlineData(1, 1, 7, 12, -0.507, -0.026)]
    public void The_published_examples_come_out(int both, int onlyOne, int onlyOther, int neither, double lower, double upper)
    {
        var difference = PairedComparison.Of(both, onlyOne, onlyOther, neither);

        difference.Interval.Lower.ShouldBe(lower, 5e-4);
        difference.Interval.Upper.ShouldBe(upper, 5e-4);
    }

    [Fact]
    public void Two_networks_are_compared_example_by_example()
    {
        var difference = PairedComparison.Of(Correct("1110011010"), Correct("1010110000")).ShouldNotBeNull();

        (difference.Examples, difference.OnlyOne, difference.OnlyOther).ShouldBe((10, 3, 1));
        difference.Difference.ShouldBe(0.2, 1e-12);
    }

    [Fact]
    public void The_mean_of_several_counts_each_example_by_the_share_that_is_right()
    {
        // Per example 1 − 1/2, 1 − 1, 0 − 1/2, 0 − 0: mean 0, variance (1/4 + 1/4) / 3.
        var difference = PairedComparison.Of(Correct("1100"), [Correct("1100"), Correct("0110")]).ShouldNotBeNull();

        difference.Difference.ShouldBe(0, 1e-12);
        difference.Interval.Upper.ShouldBe(1.959964 * Math.Sqrt(0.5 / 3 / 4), 1e-6);
        difference.Interval.Lower.ShouldBe(-difference.Interval.Upper, 1e-12);
        difference.OnlyOne.ShouldBeNull();
    }

    [Fact]
    public void Predictions_of_one_example_hang_together()
    {
        // Per example of two predictions: 1 − 1/2 and 1/2 − 0, so 1/2 both times.
        var difference = PairedComparison.Of(Correct("1110", perExample: 2), Correct("1000", perExample: 2)).ShouldNotBeNull();

        (difference.Examples, difference.Difference, difference.OnlyOne).ShouldBe((2, 0.5, null));
        difference.Interval.ShouldBe(new Interval(0.5, 0.5));
    }

    [Fact]
    public void An_interval_holds_its_difference_and_turns_with_it() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[1, 300]).Sample((both, onlyOne, onlyOther, neither) =>
        {
            var (there, back) = (PairedComparison.Of(both, onlyOne, onlyOther, neither), PairedComparison.Of(both, onlyOther, onlyOne, neither));
            there.Interval.Lower.ShouldBeInRange(-1 - 1e-12, there.Difference + 1e-12);
            there.Interval.Upper.ShouldBeInRange(there.Difference - 1e-12, 1 + 1e-12);
            there.Interval.Lower.ShouldBe(-back.Interval.Upper, 1e-12);
        });

    [Fact]
    public void Networks_that_agree_everywhere_may_still_differ_elsewhere()
    {
        var difference = PairedComparison.Of(Correct("1101"), Correct("1101")).ShouldNotBeNull();

        difference.Difference.ShouldBe(0);
        difference.Interval.Upper.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Other_examples_are_not_compared()
    {
        PairedComparison.Of(Correct("110"), Correct("11")).ShouldBeNull();
        PairedComparison.Of(Correct("110"), []).ShouldBeNull();
    }

    /// <summary>1 − (0 + 2) / 2 = 0 and 3 − 0 = 3: the mean is 1.5, and with s = √4.5 the interval reaches 1.96 · √4.5 / √2 to each side.</summary>
    [Fact]
    public void Figures_of_examples_are_compared_with_the_mean_of_others()
    {
        var difference = PairedComparison.Of([1f, 3f], [[0f, 0f], [2f, 0f]]).ShouldNotBeNull();

        (difference.Examples, difference.Difference, difference.OnlyOne).ShouldBe((2, 1.5, null));
        difference.Interval.Upper.ShouldBe(1.5 + (1.959964 * 1.5), 1e-5);
        PairedComparison.Of([1f, 3f], [[0f]]).ShouldBeNull("they were not measured on the same examples");
    }

    private static CorrectExamples Correct(string bits, int perExample = 1) => CorrectExamples.Of([.. bits.Select(b => b == '1')], perExample);
}
