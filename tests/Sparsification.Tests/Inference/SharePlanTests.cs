using SparsePipeline.Sparsification.Inference;

namespace SparsePipeline.Sparsification.Tests.Inference;

public sealed class SharePlanTests
{
    [Fact]
    public void Every_output_is_in_exactly_one_share() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 300], Gen.Int[1, 9], Gen.Bool).Sample((rows, batch, threads, stripped) =>
        {
            var csr = Weights(rows, 40);
            var strips = stripped ? StripPacker.Pack(csr, new float[rows]) : null;
            var times = new int[batch, rows];
            foreach (var share in new SharePlan(csr, strips).Of(batch, threads))
                for (var input = share.FirstInput; input < share.FirstInput + share.Inputs; input++)
                    foreach (var row in Rows(share, strips))
                        times[input, row]++;
            times.Cast<int>().ShouldAllBe(t => t == 1);
        }, iter: 100);

    [Fact]
    public void A_small_product_stays_on_one_thread() => new SharePlan(Weights(64, 64), null).Of(1, threads: 8).Count.ShouldBe(1);

    [Fact]
    public void Two_tiles_are_halves_for_two_threads_and_three_are_cut()
    {
        var plan = new SharePlan(Weights(1024, 1024), null);

        plan.Of(128, threads: 2).Select(s => (s.FirstInput, s.First, s.End)).ShouldBe([(0, 0, 1024), (64, 0, 1024)]);
        plan.Of(192, threads: 2).Count.ShouldBe(6);
    }

    private static CsrWeights Weights(int rows, int columns) =>
        CsrWeights.Of([.. Enumerable.Range(0, rows * columns).Select(i => i % 3 == 0 ? 1f : 0)], rows, columns);

    private static IEnumerable<int> Rows(Share share, StripWeights? strips) => strips is null || share.Tiled
        ? Enumerable.Range(share.First, share.End - share.First)
        : strips.Order[Math.Min(strips.Order.Length, share.First * StripWeights.Lanes)..Math.Min(strips.Order.Length, share.End * StripWeights.Lanes)];
}
