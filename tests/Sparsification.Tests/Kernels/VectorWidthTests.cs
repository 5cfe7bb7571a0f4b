using SparsePipeline.Sparsification.Kernels;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Kernels;

/// <summary>Every kernel gives the same bits at every width of vectors; widths this processor lacks fall back to narrower ones.</summary>
public sealed class VectorWidthTests
{
    private static readonly Gen<float> Number = Gen.OneOf(Gen.OneOf(0f, -0f, 1, -1, float.Epsilon, -float.MaxValue), Gen.Float[-1, 1], Gen.Float.Where(float.IsFinite));
    private static readonly Gen<float[]> Run = Number.Array[0, 300];

    private static readonly Gen<int> Significant = Gen.OneOf(ScoreRun.AllBits, ScoreRun.AllButSign);

    public static TheoryData<int> Widths => new((int)VectorWidth.Bits256, (int)VectorWidth.Bits512, (int)VectorWidth.Widest);

    [Theory]
    [MemberData(nameof(Widths))]
    public void Magnitudes(int bits) => Run.Sample(weights =>
        Bits(a => Magnitude.Of(weights, a, (VectorWidth)bits), weights.Length).ShouldBe(Bits(a => Magnitude.Of(weights, a, VectorWidth.Portable), weights.Length)));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Means(int bits) => Gen.Select(Number.Array[203].Array[1, 9], Gen.Bool).Sample((rows, weighted) =>
    {
        double[]? factors = weighted ? [.. rows.Select((_, i) => (i + 1) / 45.0)] : null;
        Bits(Rows.Mean(rows, factors, (VectorWidth)bits)).ShouldBe(Bits(Rows.Mean(rows, factors, VectorWidth.Portable)));
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void Distances(int bits) => Gen.Select(Run, Run).Sample((a, b) =>
    {
        var length = Math.Min(a.Length, b.Length);
        BitConverter.DoubleToInt64Bits(SquaredDistance.Between(a.AsSpan(0, length), b.AsSpan(0, length), (VectorWidth)bits))
            .ShouldBe(BitConverter.DoubleToInt64Bits(SquaredDistance.Between(a.AsSpan(0, length), b.AsSpan(0, length), VectorWidth.Portable)));
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void Masked_fills(int bits) => Gen.Select(Run, Gen.ULong.Array[5]).Sample((values, words) =>
        Bits(a => Fill(values, a, words, (VectorWidth)bits), values.Length).ShouldBe(Bits(a => Fill(values, a, words, VectorWidth.Portable), values.Length)));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Comparisons(int bits) => Gen.Select(Run, Number, Significant).Sample((scores, threshold, significant) =>
    {
        var thresholdBits = BitConverter.SingleToInt32Bits(threshold) & significant;
        var (wide, portable) = (new ulong[5], new ulong[5]);
        ScoreComparison.Above(new ScoreRun(scores, significant), thresholdBits, wide, (VectorWidth)bits)
            .ShouldBe(ScoreComparison.Above(new ScoreRun(scores, significant), thresholdBits, portable, VectorWidth.Portable));
        wide.ShouldBe(portable);
    });

    [Theory]
    [MemberData(nameof(Widths))]
    public void Histograms(int bits) => Gen.Select(Gen.OneOf(0.5f, 0.500001f, -0.5005f, 1, 0).Array[0, 300], Significant).Sample((scores, significant) =>
    {
        var (wide, portable) = (new long[HalfHistogram.Bins], new long[HalfHistogram.Bins]);
        HalfHistogram.Lower(new ScoreRun(scores, significant), 0x3F00, wide, (VectorWidth)bits);
        HalfHistogram.Lower(new ScoreRun(scores, significant), 0x3F00, portable, VectorWidth.Portable);
        wide.AsSpan().SequenceEqual(portable).ShouldBeTrue();
    });

    private static void Fill(float[] values, Span<float> target, ulong[] words, VectorWidth width)
    {
        values.CopyTo(target);
        MaskedFill.Where0(target, words, -1, width);
    }

    /// <summary>Bits rather than values: −0 is not 0 here.</summary>
    private static int[] Bits(Action<float[]> kernel, int length)
    {
        var result = new float[length];
        kernel(result);
        return Bits(result);
    }

    private static int[] Bits(float[] numbers) => [.. numbers.Select(BitConverter.SingleToInt32Bits)];
}
