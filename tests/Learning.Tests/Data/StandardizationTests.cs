using CsCheck;
using SparsePipeline.Learning.Data;

namespace SparsePipeline.Learning.Tests.Data;

public sealed class StandardizationTests
{
    /// <summary>256 values, each at every place of a vector of 16, and some after the last whole one.</summary>
    private const int Positions = 16 * 256 + 7;

    [Fact]
    public void Every_input_is_to_the_bit_the_nearest_float_of_the_quotient_of_doubles() =>
        Gen.Select(Gen.Byte.Array[2, 64], Gen.Int[1, 4]).Sample((measured, channels) =>
        {
            var inputs = Standardization.Of(new Examples(new InputShape(1, 1, measured.Length), measured, [0]));
            var (mean, deviation) = MeanAndDeviation(measured);
            var image = Enumerable.Range(0, channels).SelectMany(channel => Enumerable.Range(channel, Positions).Select(i => (byte)(i + i / 256))).ToArray();
            var written = new float[image.Length];

            inputs.Apply(image, written, channels);

            var expected = Enumerable.Range(0, image.Length).Select(i => (float)((image[i % channels * Positions + i / channels] - mean) / deviation));
            written.Select(BitConverter.SingleToInt32Bits).ShouldBe(expected.Select(BitConverter.SingleToInt32Bits));
        }, iter: 50);

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void A_constant_image_is_0_and_its_neighbours_are_whole_numbers(byte value)
    {
        var inputs = Standardization.Of(new Examples(new InputShape(1, 1, 3), [value, value, value], [0]));
        var written = new float[20];

        inputs.Apply([.. Enumerable.Range(0, 20).Select(i => (byte)(Math.Abs(value - i)))], written, channels: 1);

        written.ShouldBe(Enumerable.Range(0, 20).Select(i => Math.Abs(value - i) - (float)value));
    }

    [Fact]
    public void What_does_not_fit_is_refused() =>
        Should.Throw<ArgumentException>(() => Standardization.Of(new Examples(new InputShape(1, 1, 2), [1, 2], [0])).Apply(new byte[20], new float[19], 1));

    /// <summary>As defined: from a histogram, in doubles.</summary>
    private static (double Mean, double Deviation) MeanAndDeviation(byte[] pixels)
    {
        var histogram = Enumerable.Range(0, 256).Select(v => (long)pixels.Count(p => p == v)).ToArray();
        var mean = histogram.Select((n, v) => n * (double)v).Sum() / pixels.Length;
        var variance = histogram.Select((n, v) => n * (v - mean) * (v - mean)).Sum() / pixels.Length;
        return (mean, variance > 0 ? Math.Sqrt(variance) : 1);
    }
}
