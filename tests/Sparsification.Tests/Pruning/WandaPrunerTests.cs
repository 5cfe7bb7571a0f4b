using System.Text.Json;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class WandaPrunerTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("row", "010010")]
    [InlineData("layer", "110000")]
    public void Weights_are_worth_their_size_times_that_of_their_input_and_compete_in_rows_unless_told_otherwise(string group, string kept)
    {
        // Inputs of size 1, 3 and 0.5: scores 2, 3, 1.5 and 0.5, 1.2, 0.1, of which a third stays.
        var cut = Cut([2, 3], [2, -1, 3, 0.5f, 0.4f, -0.2f], 2.0 / 3, group, new LayerStatistics("fc.weight", 1, [1, 3, 0.5], [1, 9, 0.25], null));

        Files.Bits(cut.Mask, "fc.weight").ShouldBe(kept);
        Files.Read(cut.Checkpoint, "fc.weight").Where(w => w != 0).ShouldBeSubsetOf([2f, -1, 0.4f]);
        cut.Report.Reconstruction.ShouldBeNull();
    }

    [Fact]
    public void Rows_share_an_exact_number_and_differ_by_one_at_most()
    {
        var cut = Cut([3, 4], [.. Enumerable.Range(1, 12).Select(i => (float)i)], 0.4, "row", new LayerStatistics("fc.weight", 1, [1, 1, 1, 1], [1, 1, 1, 1], null));

        Files.Bits(cut.Mask, "fc.weight").Chunk(4).Select(row => row.Count(b => b == '1')).ShouldBe([3, 2, 2]);
    }

    [Fact]
    public void A_row_that_an_earlier_cut_left_with_less_gives_its_share_to_the_others()
    {
        var mask = Masks.Of(("fc.weight", [2, 4], "1000 1111"));
        var path = _files.Write(("fc.weight", [2, 4], [9, 0, 0, 0, 1, 2, 3, 4]));

        var cut = PruneCase.Run(_files, path, Request(0.5, "row", new LayerStatistics("fc.weight", 1, [1, 1, 1, 1], [1, 1, 1, 1], null)) with { PreviousMask = mask });

        Files.Bits(cut.Mask, "fc.weight").ShouldBe("10000111");
    }

    [Fact]
    public void Without_statistics_it_says_who_collects_them()
    {
        var path = _files.Write(("fc.weight", [1, 2], [1, 2]));

        var failure = Should.Throw<DomainException>(() => PruneCase.Run(_files, path, WandaPruner.Name, 0.5)).Failure;

        failure.Reason.ShouldBe("The pruner 'wanda' goes by statistics of layer inputs, and there are none.");
        failure.Remedy.ShouldContain("recipe");
    }

    [Fact]
    public void Layers_that_nothing_was_collected_of_are_all_named()
    {
        var path = _files.Write(("a.weight", [1, 2], [1, 2]), ("b.weight", [1, 2], [1, 2]), ("c.weight", [1, 2], [1, 2]));

        var failure = Should.Throw<DomainException>(() => PruneCase.Run(_files, path, Request(0.5, "row", new LayerStatistics("b.weight", 1, [1, 1], [1, 1], null)))).Failure;

        failure.Reason.ShouldStartWith("No statistics were collected for 'a.weight', 'c.weight'");
    }

    [Fact]
    public void Statistics_of_another_network_are_refused()
    {
        var path = _files.Write(("fc.weight", [1, 2], [1, 2]));

        Should.Throw<DomainException>(() => PruneCase.Run(_files, path, Request(0.5, "row", new LayerStatistics("fc.weight", 1, [1, 1, 1], [1, 1, 1], null))))
            .Failure.Code.ShouldBe(FailureCodes.ShapeMismatch);
    }

    [Fact]
    public void A_group_that_there_is_not_is_refused() =>
        Should.Throw<DomainException>(() => Cut([1, 2], [1, 2], 0.5, "column", new LayerStatistics("fc.weight", 1, [1, 1], [1, 1], null))).Failure.Remedy.ShouldBe("Use 'row' or 'layer'.");

    private PruneCase Cut(long[] shape, float[] weights, double sparsity, string group, LayerStatistics statistics) =>
        PruneCase.Run(_files, _files.Write(("fc.weight", shape, weights)), Request(sparsity, group, statistics));

    private PruneRequest Request(double sparsity, string group, LayerStatistics statistics) => new()
    {
        Method = new MethodSpec { Name = WandaPruner.Name, Options = new MethodOptions { ["group"] = JsonSerializer.SerializeToElement(group) } },
        Sparsity = sparsity,
        Statistics = MadeStatistics.Open(_files, statistics),
    };
}
