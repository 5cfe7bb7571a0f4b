using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Tests.Kernels;

public sealed class WideMeanTests
{
    private static readonly Gen<double> Number = Gen.OneOf(Gen.Double, Gen.Double[-1, 1], Gen.OneOf(0.0, -0.0, double.MaxValue, -double.MaxValue, double.Epsilon, 1e-310));

    [Fact]
    public void The_mean_of_equal_numbers_is_that_number_to_the_bit() => Gen.Select(Number.Where(double.IsFinite), Gen.Int[1, 9]).Sample((number, count) =>
        Bits(Mean([.. Enumerable.Repeat(number, count)])).ShouldBe(Bits(number)));

    [Fact]
    public void And_so_with_any_weights() => Gen.Select(Number.Where(double.IsFinite), Gen.Double[0.01, 1].Array[1, 9]).Sample((number, weights) =>
        Bits(Mean([.. weights.Select(_ => number)], weights)).ShouldBe(Bits(number)));

    [Fact]
    public void What_cancels_leaves_the_small_number_whole() => Mean([1e16, 1, -1e16]).ShouldBe(1.0 / 3);

    [Fact]
    public void Weights_are_divided_by_their_sum() => Mean([1, 2], [0.25, 0.75]).ShouldBe(1.75);

    [Fact]
    public void The_largest_numbers_do_not_overflow() => Mean([double.MaxValue, double.MaxValue, -double.MaxValue]).ShouldBe(double.MaxValue / 3);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_told(double value)
    {
        Mean([1, value], [], out var finite);

        finite.ShouldBeFalse();
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static double Mean(double[] members, double[]? weights = null) => Mean(members, weights ?? [], out _);

    private static unsafe double Mean(double[] members, double[] weights, out bool finite)
    {
        Span<double> mean = stackalloc double[1];
        fixed (double* values = members)
        {
            var rows = new nint[members.Length];
            for (var i = 0; i < rows.Length; i++)
                rows[i] = (nint)(values + i);
            finite = WideMean.Of(rows, weights, mean);
        }

        return mean[0];
    }
}
