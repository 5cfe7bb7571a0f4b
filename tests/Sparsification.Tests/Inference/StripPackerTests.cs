using SparsePipeline.Sparsification.Inference;

namespace SparsePipeline.Sparsification.Tests.Inference;

public sealed unsafe class StripPackerTests
{
    [Fact]
    public void A_window_starts_where_the_row_furthest_behind_goes_on()
    {
        var weights = new float[2 * 100];
        (weights[3], weights[40], weights[100 + 20], weights[100 + 90]) = (1, 2, 3, 4);

        var strips = StripPacker.Pack(CsrWeights.Of(weights, 2, 100), [0, 0]);

        // Columns 3 and 20 fit in one window; 40 and 90 do not; the fourth slot fills up.
        strips.Starts.ShouldBe([0, 4]);
        Take(strips.Windows.Pointer, 4).ShouldBe([0, 32, 80, 0]);
        Take(strips.Offsets.Pointer, 2).ShouldBe([(byte)3, (byte)20]);
        Take(strips.Values.Pointer, 2).ShouldBe([1f, 3]);
        strips.Values.Pointer[16].ShouldBe(2);
        strips.Values.Pointer[33].ShouldBe(4);
    }

    [Fact]
    public void Long_rows_share_a_strip()
    {
        var weights = new float[17 * 4];
        weights.AsSpan(16 * 4, 4).Fill(1);

        StripPacker.Pack(CsrWeights.Of(weights, 17, 4), new float[17]).Order.ShouldBe([16, .. Enumerable.Range(0, 16)]);
    }

    [Fact]
    public void Unpacking_gives_the_weights() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 120]).SelectMany((rows, columns) =>
            Gen.Select(Gen.Const(rows), Gen.OneOf(Gen.Const(0f), Gen.Const(0f), Gen.Float[1, 2]).Array[rows * columns])).Sample((rows, weights) =>
        {
            var columns = weights.Length / rows;
            Unpacked(StripPacker.Pack(CsrWeights.Of(weights, rows, columns), new float[rows]), rows, columns).ShouldBe(weights);
        }, iter: 200);

    private static float[] Unpacked(StripWeights strips, int rows, int columns)
    {
        var weights = new float[rows * columns];
        for (var strip = 0; strip < strips.Strips; strip++)
            for (var slot = strips.Starts[strip]; slot < strips.Starts[strip + 1]; slot++)
                for (var lane = 0; lane < StripWeights.Lanes; lane++)
                    if (strips.Values.Pointer[(slot * StripWeights.Lanes) + lane] is not 0 and var value)
                        weights[(strips.Order[(strip * StripWeights.Lanes) + lane] * columns) + strips.Windows.Pointer[slot]
                            + strips.Offsets.Pointer[(slot * StripWeights.Lanes) + lane]] += value;
        GC.KeepAlive(strips);
        return weights;
    }

    private static T[] Take<T>(T* pointer, int count)
        where T : unmanaged => new Span<T>(pointer, count).ToArray();
}
