using SparsePipeline.Sparsification.Souping;

namespace SparsePipeline.Sparsification.Tests.Souping;

public sealed class LossLinesTests
{
    [Fact]
    public void A_barrier_is_the_rise_above_the_line_between_the_ends() =>
        LossLines.Barrier([0, 0.5, 1], [1, 3, 2]).ShouldBe(1.5);

    [Fact]
    public void A_valley_is_no_barrier() => LossLines.Barrier([0, 0.5, 1], [1, 0.2, 2]).ShouldBe(0);

    [Fact]
    public void Up_to_three_candidates_all_pairs_get_a_line() => LossLines.Pairs(3).ShouldBe([(0, 1), (0, 2), (1, 2)]);

    [Fact]
    public void More_candidates_have_lines_to_their_neighbours() => LossLines.Pairs(5).ShouldBe([(0, 1), (1, 2), (2, 3), (3, 4)]);

    [Fact]
    public void One_candidate_has_none() => LossLines.Pairs(1).ShouldBeEmpty();
}
