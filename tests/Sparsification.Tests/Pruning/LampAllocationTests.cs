using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class LampAllocationTests
{
    // Squares 1, 4, 9 over 14, 13, 9 and 100, 400, 1600 over 2100, 2000, 1600: scores .071, .308, 1 and .048, .2, 1.
    private static readonly ListedScores TwoLayers = new([3, 1, 2], [10, 40, 20]);

    [Theory]
    [InlineData(2, "1 1")]
    [InlineData(3, "2 1")]
    [InlineData(4, "2 2")]
    [InlineData(5, "3 2")]
    [InlineData(6, "3 3")]
    public void Weights_are_ranked_by_their_share_of_what_is_as_large_in_their_layer(long kept, string counts) =>
        Kept(TwoLayers, kept).ShouldBe(counts.Split(' ').Select(long.Parse));

    /// <summary>Without its 3 the first layer scores 1/5 and 1, and 1/5 is what 20 scores in the second.</summary>
    [Fact]
    public void Pruned_weights_take_no_part_and_the_first_tensor_wins_a_tie() => Kept(new ListedScores([-1, 1, 2], [10, 40, 20]), 3).ShouldBe([2, 1]);

    [Fact]
    public void The_scale_of_a_layer_does_not_matter() =>
        Gen.Select(Layers, Gen.Double[0, 1]).Sample((layers, part) =>
        {
            var kept = (long)(part * layers.Sum(l => l.Length));
            // By a power of two, so that no rounding differs.
            float[][] scaled = [layers[0].Select(w => w * 1024).ToArray(), .. layers[1..]];
            Kept(new ListedScores(scaled), kept).ShouldBe(Kept(new ListedScores(layers), kept));
        });

    [Fact]
    public void No_layer_is_emptied_while_there_is_a_weight_for_each() =>
        Gen.Select(Layers, Gen.Double[0, 1]).Sample((layers, part) =>
        {
            var kept = layers.Length + (long)(part * (layers.Sum(l => l.Length) - layers.Length));
            Kept(new ListedScores(layers), kept).ShouldAllBe(k => k >= 1);
        });

    [Fact]
    public void No_score_that_goes_is_higher_than_one_that_stays() =>
        Gen.Select(Layers, Gen.Double[0, 1]).Sample((layers, part) =>
        {
            var kept = Kept(new ListedScores(layers), (long)(part * layers.Sum(l => l.Length))).ToList();
            var ranked = layers.Select(Scores).Zip(kept, (scores, k) => (Stay: scores.Take((int)k), Go: scores.Skip((int)k))).ToList();
            ranked.SelectMany(r => r.Stay).DefaultIfEmpty(1).Min().ShouldBeGreaterThanOrEqualTo(ranked.SelectMany(r => r.Go).DefaultIfEmpty(0).Max());
        });

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_not_finite_is_named(float wrong) =>
        Should.Throw<DomainException>(() => Kept(new ListedScores([1, 2], [3, wrong, 4]), 2).ToList())
            .Failure.Reason.ShouldBe("Tensor 'layer1' holds NaN or infinity at flat index 1.");

    /// <summary>Layers with a largest weight above 0, so that it scores 1.</summary>
    private static Gen<float[][]> Layers { get; } = Gen.Float[0.001f, 3].Array[1, 40].Array[1, 5];

    private static float[] Scores(float[] layer)
    {
        var descending = layer.OrderDescending().Select(w => (double)w * w).ToList();
        return [.. descending.Select((square, i) => (float)(square / descending.Take(i + 1).Sum()))];
    }

    private static IEnumerable<long> Kept(IScoreSource scores, long kept) =>
        Allocations.Find(LampAllocation.Name).Allocate(scores, kept).Select(g => g.Kept);
}
