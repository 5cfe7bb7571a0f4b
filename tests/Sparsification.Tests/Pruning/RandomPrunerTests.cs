using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class RandomPrunerTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void One_seed_draws_one_mask_and_another_seed_another()
    {
        var first = Draw(1);

        Draw(1).ShouldBe(first);
        Draw(2).ShouldNotBe(first);
    }

    [Fact]
    public void The_draw_does_not_look_at_the_weights()
    {
        var request = Request(3);
        var zeros = _files.Write(("a.weight", [1, 64], new float[64]));
        var ramp = _files.Write(("a.weight", [1, 64], [.. Enumerable.Range(0, 64).Select(i => (float)i)]));

        PruneCase.Run(_files, zeros, request).Mask.Digest.ShouldBe(PruneCase.Run(_files, ramp, request).Mask.Digest);
    }

    [Fact]
    public void Every_position_is_as_likely_as_any_other()
    {
        // 400 draws that keep half of 64: a position is kept 200 ± 10 times; 6 standard deviations for fixed seeds.
        var checkpoint = _files.Write(("a.weight", [1, 64], new float[64]));
        var kept = new int[64];
        for (var seed = 0; seed < 400; seed++)
        {
            var mask = PruneCase.Run(_files, checkpoint, Request(seed)).Mask;
            for (var i = 0; i < kept.Length; i++)
                kept[i] += mask.Tensors[0].IsKept(i) ? 1 : 0;
        }
        kept.ShouldAllBe(k => k > 140 && k < 260);
    }

    private string Draw(long seed)
    {
        var checkpoint = _files.Write(("a.weight", [8, 8], new float[64]), ("b.weight", [2, 8], new float[16]));
        return PruneCase.Run(_files, checkpoint, Request(seed)).Mask.Digest;
    }

    private static PruneRequest Request(long seed) => new() { Method = MethodSpec.Of(RandomPruner.Name), Sparsity = 0.5, Seed = seed };
}
