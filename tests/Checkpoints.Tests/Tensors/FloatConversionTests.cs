using System.Runtime.InteropServices;
using CsCheck;

namespace SparsePipeline.Checkpoints.Tests;

public sealed class FloatConversionTests
{
    private static readonly ushort[] All = [.. Enumerable.Range(0, 65_536).Select(i => (ushort)i)];

    [Fact]
    public void Every_F16_becomes_the_float_it_stands_for()
    {
        var floats = Widen(TensorType.F16, All);

        for (var i = 0; i < All.Length; i++)
        {
            var expected = (float)BitConverter.UInt16BitsToHalf(All[i]);
            if (float.IsNaN(expected))
                floats[i].ShouldBe(float.NaN, $"0x{i:X4}");
            else
                BitConverter.SingleToUInt32Bits(floats[i]).ShouldBe(BitConverter.SingleToUInt32Bits(expected), $"0x{i:X4}");
        }
    }

    [Fact]
    public void Every_BF16_becomes_the_float_it_stands_for() =>
        Widen(TensorType.BF16, All).Select(BitConverter.SingleToUInt32Bits).ShouldBe(All.Select(b => (uint)b << 16));

    [Theory]
    [InlineData(TensorType.F16, 0x7C00, 0x03FF, 0x0200)]
    [InlineData(TensorType.BF16, 0x7F80, 0x007F, 0x0040)]
    public void Every_value_comes_back_and_a_NaN_comes_back_quiet(TensorType type, int exponent, int fraction, int quiet)
    {
        var back = Narrow(type, Widen(type, All));

        for (var i = 0; i < All.Length; i++)
        {
            var isNaN = (i & exponent) == exponent && (i & fraction) != 0;
            back[i].ShouldBe((ushort)(isNaN ? i | quiet : i), $"0x{i:X4}");
        }
    }

    [Fact]
    public void Between_two_F16_the_nearer_wins_and_halfway_the_even_one() => RoundsToNearestEven(TensorType.F16, 0x7BFE);

    [Fact]
    public void Between_two_BF16_the_nearer_wins_and_halfway_the_even_one() => RoundsToNearestEven(TensorType.BF16, 0x7F7E);

    [Fact]
    public void Any_float_becomes_the_F16_that_the_base_library_makes_of_it() =>
        Gen.UInt.Array[40].Sample(bits =>
        {
            var floats = bits.Select(BitConverter.UInt32BitsToSingle).ToArray();
            return Narrow(TensorType.F16, floats).SequenceEqual(floats.Select(f => BitConverter.HalfToUInt16Bits((Half)f)));
        });

    [Fact]
    public void F16_beyond_its_range_is_infinite_from_the_halfway_point_on() =>
        Narrow(TensorType.F16, [65_504, 65_519.996f, 65_520, 1e10f, -65_520])
            .ShouldBe([(ushort)0x7BFF, (ushort)0x7BFF, (ushort)0x7C00, (ushort)0x7C00, (ushort)0xFC00]);

    [Fact]
    public void The_result_does_not_depend_on_the_place_in_the_span()
    {
        var floats = Enumerable.Range(0, 50).Select(i => (i - 25) * 1.00037f).ToArray();
        foreach (var type in (TensorType[])[TensorType.F16, TensorType.BF16])
            Narrow(type, floats).ShouldBe(floats.SelectMany(f => Narrow(type, [f])));
    }

    private static void RoundsToNearestEven(TensorType type, int last)
    {
        for (var i = 0; i <= last; i++)
        {
            // Neighbours differ in one bit of the last place, so their midpoint is exact as a float (and as a double for the nudges).
            var pair = Widen(type, [(ushort)i, (ushort)(i + 1)]);
            var middle = (float)(((double)pair[0] + pair[1]) / 2);
            Narrow(type, [MathF.BitDecrement(middle), middle, MathF.BitIncrement(middle)])
                .ShouldBe([(ushort)i, (ushort)(i + (i & 1)), (ushort)(i + 1)], $"0x{i:X4}");
        }
    }

    private static float[] Widen(TensorType type, ushort[] bits)
    {
        var floats = new float[bits.Length];
        FloatConversion.ToFloats(type, MemoryMarshal.AsBytes<ushort>(bits), floats);
        return floats;
    }

    private static ushort[] Narrow(TensorType type, float[] floats)
    {
        var bits = new ushort[floats.Length];
        FloatConversion.FromFloats(type, floats, MemoryMarshal.AsBytes(bits.AsSpan()));
        return bits;
    }
}
