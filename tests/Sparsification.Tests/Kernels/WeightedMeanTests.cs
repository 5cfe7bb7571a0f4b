using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Tests.Kernels;

public sealed class WeightedMeanTests
{
    [Fact]
    public void The_mean_of_three_rows_is_taken_column_by_column() =>
        Rows.Mean([[1, 2, -3], [2, 4, -3], [6, 0, 3]]).ShouldBe([3, 2, -1]);

    [Fact]
    public void Factors_weigh_the_rows() => Rows.Mean([[1, 2], [3, 6]], [0.75, 0.25]).ShouldBe([1.5f, 3]);

    [Fact]
    public void The_mean_of_equal_numbers_is_that_number() =>
        Gen.Select(Gen.Float.Where(float.IsFinite), Gen.Int[1, 100])
            .Sample((number, times) => Rows.Mean([.. Enumerable.Repeat(new[] { number }, times)]).ShouldBe([number]));

    [Fact]
    public void Negative_zeros_stay_negative() => float.IsNegative(Rows.Mean([[-0f], [-0f]])[0]).ShouldBeTrue();

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_is_told_at_every_width(float special)
    {
        foreach (var width in Enum.GetValues<VectorWidth>())
            for (var at = 0; at < 70; at++)
            {
                var row = new float[70];
                row[at] = special;
                Rows.Mean([row, new float[70]], out var finite, width: width);
                finite.ShouldBeFalse();
            }
    }
}
