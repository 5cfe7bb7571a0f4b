using SparsePipeline.Contracts;

namespace SparsePipeline.Reporting.Tests;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0.0, "0 s")]
    [InlineData(0.13, "0.13 s")]
    [InlineData(4.2, "4.2 s")]
    [InlineData(42.4, "42 s")]
    [InlineData(83.4, "1 min 23 s")]
    [InlineData(7325, "2 h 2 min")]
    public void Durations_show_the_units_that_matter(double seconds, string expected) => Figures.Duration(seconds).ShouldBe(expected);

    [Theory]
    [InlineData(0.98, "98.0 %")]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    [InlineData(1.0, "100.0 %")]
    [InlineData(0.0, "0.0 %")]
    [InlineData(0.9995, "99.95 %")]
    [InlineData(0.9996, "99.96 %")]
    [InlineData(0.99999, "99.999 %")]
    [InlineData(0.000004, "0.0004 %")]
    [InlineData(1 - 1e-9, "99.9999999 %")]
    [InlineData(0.99999999999999989, "100.0 %")]
    [InlineData(1e-17, "0.0 %")]
    [InlineData(-0.00004, "-0.004 %")]
    public void Percentages_have_one_decimal_more_where_they_would_look_like_all_or_nothing_and_missing_ones_a_dash(double? fraction, string expected) =>
        Figures.Percent(fraction).ShouldBe(expected);

    [Fact]
    public void Ranges_have_one_decimal_and_a_missing_one_is_left_out()
    {
        Figures.Range(new Interval(0.8731, 0.9446)).ShouldBe("87.3–94.5");
        Figures.Range(null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.012, "+1.2 points")]
    [InlineData(-0.012, "−1.2 points")]
    [InlineData(0, "±0.0 points")]
    public void Differences_always_carry_a_sign(double difference, string expected) => Figures.Points(difference).ShouldBe(expected);

    [Theory]
    [InlineData(999, "999 B")]
    [InlineData(57_512, "57.5 KB")]
    [InlineData(400_000_000, "400.0 MB")]
    [InlineData(1_250_000_000, "1.25 GB")]
    public void Sizes_are_powers_of_a_thousand(long bytes, string expected) => Figures.Bytes(bytes).ShouldBe(expected);
}
