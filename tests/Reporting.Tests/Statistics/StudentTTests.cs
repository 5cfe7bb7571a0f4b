using SparsePipeline.Reporting.Statistics;

namespace SparsePipeline.Reporting.Tests.Statistics;

public sealed class StudentTTests
{
    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(4, 2.7764)]
    [InlineData(11, 2.2010)]
    [InlineData(30, 2.0423)]
    [InlineData(31, 2.0395)]
    [InlineData(60, 2.0003)]
    [InlineData(120, 1.9799)]
    public void Quantiles_of_5_percent_are_those_of_the_published_tables(int degrees, double expected) =>
        StudentT.Quantile(0.05, degrees).ShouldBe(expected, 5e-5);

    [Theory]
    [InlineData(1, 63.6567)]
    [InlineData(5, 4.0321)]
    [InlineData(10, 3.1693)]
    public void So_are_those_of_1_percent(int degrees, double expected) =>
        StudentT.Quantile(0.01, degrees).ShouldBe(expected, 5e-5);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public void The_quantile_of_a_probability_is_exceeded_with_it(int degrees)
    {
        foreach (var probability in (double[])[0.9, 0.3, 0.05, 0.05 / 12, 1e-6])
            StudentT.Outside(StudentT.Quantile(probability, degrees), degrees).ShouldBe(probability, 1e-12);
    }

    [Fact]
    public void Nothing_is_beyond_infinity_and_everything_beyond_0()
    {
        StudentT.Outside(double.PositiveInfinity, 3).ShouldBe(0, 1e-15);
        StudentT.Outside(0, 4).ShouldBe(1);
    }
}
