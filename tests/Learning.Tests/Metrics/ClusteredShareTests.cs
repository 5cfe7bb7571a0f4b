using SparsePipeline.Learning.Metrics;

namespace SparsePipeline.Learning.Tests.Metrics;

public sealed class ClusteredShareTests
{
    /// <summary>Shares 1, ½, ½, 0: p = ½, s² = (¼ + ¼) / (4 · 3) = 1/24, so (1/4) / (1/24) = 6 of the 8.</summary>
    [Fact]
    public void Clusters_that_differ_as_chance_would_have_them_are_worth_most_of_their_predictions() =>
        Of(2, "11", "10", "01", "00").ShouldBe(6);

    /// <summary>Shares 1, 1, 0, 0: s² = 1 / 12, so 3: no more than a handful of independent examples.</summary>
    [Fact]
    public void Predictions_that_are_all_right_or_all_wrong_together_count_once_per_cluster() => Of(4, "1111", "1111", "0000", "0000").ShouldBe(3);

    [Fact]
    public void There_are_never_more_than_there_are_predictions() => Of(2, "10", "10", "01", "01", "11", "10", "00", "10").ShouldBeLessThanOrEqualTo(16);

    [Theory]
    [InlineData("10", "01")]
    [InlineData("11", "11")]
    [InlineData("00", "00")]
    public void Clusters_that_do_not_differ_count_once_each(string first, string second) => Of(2, first, second).ShouldBe(2);

    [Fact]
    public void One_cluster_is_one_example() => Of(2, "10").ShouldBe(1);

    private static int Of(int size, params string[] clusters)
    {
        var share = new ClusteredShare(size);
        foreach (var prediction in string.Concat(clusters))
            share.Add(prediction == '1');
        return share.EffectiveSize;
    }
}
