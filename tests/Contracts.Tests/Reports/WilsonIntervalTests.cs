using CsCheck;

namespace SparsePipeline.Contracts.Tests;

public sealed class WilsonIntervalTests
{
    /// <summary>Newcombe 1998, Statistics in Medicine 17, table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_published_examples_come_out(int correct, int examples, double lower, double upper)
    {
        var interval = WilsonInterval.Of(correct, examples);

        interval.Lower.ShouldBe(lower, 5e-5);
        interval.Upper.ShouldBe(upper, 5e-5);
    }

    [Fact]
    public void An_interval_holds_its_share_and_stays_between_0_and_1() =>
        Gen.Int[1, 10_000].SelectMany(n => Gen.Int[0, n].Select(k => (k, n))).Sample(p =>
        {
            var interval = WilsonInterval.Of(p.k, p.n);
            return 0 <= interval.Lower && interval.Lower <= (double)p.k / p.n + 1e-12
                && (double)p.k / p.n - 1e-12 <= interval.Upper && interval.Upper <= 1;
        });

    [Fact]
    public void Right_and_wrong_mirror_each_other()
    {
        var (right, wrong) = (WilsonInterval.Of(7, 10), WilsonInterval.Of(3, 10));

        right.Lower.ShouldBe(1 - wrong.Upper, 1e-12);
        right.Upper.ShouldBe(1 - wrong.Lower, 1e-12);
    }

    [Fact]
    public void Nothing_is_known_without_examples() => WilsonInterval.Of(0, 0).ShouldBe(new Interval(0, 1));
}
