using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class ErkAllocationTests
{
    /// <summary>4 + 2 + 3 + 3 = 12 and 10 + 4 = 14, so ε is 1 when 26 weights stay: densities 12/72 and 14/40.</summary>
    [Fact]
    public void Weights_kept_are_proportional_to_the_sum_of_the_dimensions() => Kept(ListedScores.Shaped([4, 2, 3, 3], [10, 4]), 26).ShouldBe([12, 14]);

    /// <summary>4 : 20 of 30 would be 5 and 25, but the first layer has only 4 weights.</summary>
    [Fact]
    public void A_layer_that_would_be_more_than_dense_is_dense_and_the_others_share_the_rest() =>
        Kept(ListedScores.Shaped([2, 2], [10, 10]), 30).ShouldBe([4, 26]);

    /// <summary>The first is full with 4; of the other 76 the second's share is 25⅓, the third's 50⅔.</summary>
    [Fact]
    public void Fractions_go_to_the_largest_remainder() => Kept(ListedScores.Shaped([2, 2], [10, 10], [20, 20]), 80).ShouldBe([4, 25, 51]);

    [Fact]
    public void Weights_that_earlier_cuts_pruned_do_not_come_back() => Kept(new ListedScores([1, -1, -1], [1, 1, 1]), 4).ShouldBe([1, 3]);

    [Fact]
    public void Below_full_no_smaller_layer_of_the_same_kind_is_sparser() =>
        Gen.Select(Gen.Long[1, 30], Gen.Long[1, 30], Gen.Long[0, 30], Gen.Double[0, 1]).Sample((rows, columns, more, part) =>
        {
            var scores = ListedScores.Shaped([rows, columns], [rows + more, columns + more]);
            var kept = Kept(scores, (long)(part * scores.Tensors.Sum(t => t.Total))).ToList();
            // One weight of slack on each side: shares are whole numbers.
            ((double)(kept[0] + 1) / scores.Tensors[0].Total).ShouldBeGreaterThanOrEqualTo((double)(kept[1] - 1) / scores.Tensors[1].Total);
        });

    private static IEnumerable<long> Kept(IScoreSource scores, long kept) =>
        Allocations.Find(ErkAllocation.Name).Allocate(scores, kept).Select(g => g.Kept);
}
