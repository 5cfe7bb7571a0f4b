using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Tests.Kernels;

public sealed class MeanTests
{
    [Fact]
    public void The_sum_does_not_depend_on_the_order_although_addition_does()
    {
        // In 64 bits 2⁶⁰ + 1 − 2⁶⁰ is 0 or 1 depending on the order; sorted, −2⁶⁰ comes first and the 1 is lost always.
        float[] numbers = [MathF.ScaleB(1, 60), 1, -MathF.ScaleB(1, 60)];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

        orders.Select(order => Of([.. order.Select(i => numbers[i])])).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void The_mean_of_equal_numbers_is_that_number() =>
        Gen.Select(Gen.Float.Where(float.IsFinite), Gen.Int[1, 100]).Sample((number, times) => Of([.. Enumerable.Repeat(number, times)]).ShouldBe(number));

    [Fact]
    public void Equal_weights_give_the_uniform_mean_of_four() =>
        Gen.Float[-1, 1].Array[4].Sample(numbers =>
        {
            Span<float> mean = stackalloc float[1];
            Mean.Weighted([.. numbers.Select(n => new[] { n })], [0.25, 0.25, 0.25, 0.25], mean).ShouldBeTrue();
            mean[0].ShouldBe(Of(numbers));
        });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_not_finite_is_told_at_every_width(float special)
    {
        foreach (var width in Enum.GetValues<VectorWidth>())
            for (var at = 0; at < 40; at++)
            {
                var row = new float[40];
                row[at] = special;
                Mean.Uniform([row, new float[40]], new float[40], width).ShouldBeFalse();
            }
    }

    private static float Of(float[] column)
    {
        var mean = new float[1];
        Mean.Uniform([.. column.Select(n => new[] { n })], mean).ShouldBeTrue();
        return mean[0];
    }
}
