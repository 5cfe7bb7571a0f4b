using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Learning.Tests.Metrics;

public sealed class StudentIntervalTests
{
    [Fact]
    public void The_interval_of_three_values_is_that_worked_out_by_hand()
    {
        // 1, 2, 3: mean 2, s = 1, t(2) = 4.3027, reach 4.3027 / √3 = 2.4842.
        var interval = StudentInterval.Of([1, 2, 3])!;

        interval.Lower.ShouldBe(2 - 2.4842, 1e-3);
        interval.Upper.ShouldBe(2 + 2.4842, 1e-3);
        StudentInterval.Deviation([1, 2, 3])!.Value.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Two_values_give_the_widest_interval_and_one_gives_none()
    {
        // 0, 2: mean 1, s = √2, t(1) = 12.7062, reach 12.7062.
        StudentInterval.Of([0, 2])!.Upper.ShouldBe(13.7062, 1e-3);
        StudentInterval.Of([1]).ShouldBeNull();
        StudentInterval.Deviation([1]).ShouldBeNull();
    }

    [Fact]
    public void Equal_values_have_an_interval_of_one_point()
    {
        var interval = StudentInterval.Of([0.5, 0.5, 0.5])!;

        interval.Lower.ShouldBe(0.5, 1e-12);
        interval.Upper.ShouldBe(0.5, 1e-12);
    }

    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(4, 2.7764)]
    [InlineData(30, 2.0423)]
    [InlineData(31, 2.0395)]
    [InlineData(40, 2.0211)]
    [InlineData(60, 2.0003)]
    [InlineData(120, 1.9799)]
    public void Quantiles_are_those_of_the_published_tables(int degrees, double expected) =>
        StudentInterval.Quantile(degrees).ShouldBe(expected, 5e-4);
}
