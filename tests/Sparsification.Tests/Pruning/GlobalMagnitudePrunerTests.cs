using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class GlobalMagnitudePrunerTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_smallest_magnitudes_of_the_whole_network_go()
    {
        var checkpoint = _files.Write(("a.weight", [2, 2], [1, -5, 0.5f, 2]), ("b.weight", [1, 2], [-0.1f, 3]), ("b.bias", [2], [0.01f, 0]));

        var cut = PruneCase.Run(_files, checkpoint, GlobalMagnitudePruner.Name, 0.5);

        Files.Bits(cut.Mask, "a.weight").ShouldBe("0101");
        Files.Bits(cut.Mask, "b.weight").ShouldBe("01");
        Files.Read(cut.Checkpoint, "a.weight").ShouldBe([0, -5, 0, 2]);
        Files.Read(cut.Checkpoint, "b.weight").ShouldBe([0, 3]);
        Files.Read(cut.Checkpoint, "b.bias").ShouldBe([0.01f, 0]);
    }

    [Fact]
    public void Among_equal_magnitudes_the_lower_flat_index_stays_in_order_of_names()
    {
        var checkpoint = _files.Write(("b.weight", [1, 3], [1, -1, 1]), ("a.weight", [1, 3], [1, 2, -1]));

        var cut = PruneCase.Run(_files, checkpoint, GlobalMagnitudePruner.Name, 0.5);

        Files.Bits(cut.Mask, "a.weight").ShouldBe("111");
        Files.Bits(cut.Mask, "b.weight").ShouldBe("000");
        cut.Report.Warnings.ShouldHaveSingleItem().ShouldStartWith("Layer 'b.weight' has none of its 3 weights left");
    }

    [Fact]
    public void The_report_counts_exactly_and_takes_the_norm_over_all_parameters()
    {
        // ‖W‖² = 9 + 16 + 1 + 4 + 6 = 36 with the bias, without the running mean; the cut removes 1 + 4 = 5.
        var checkpoint = _files.Write(
            ("a.weight", [2, 2], [3, -1, 2, 4]), ("a.bias", [1], [MathF.Sqrt(6)]), ("bn.running_mean", [1], [100]));

        var report = PruneCase.Run(_files, checkpoint, GlobalMagnitudePruner.Name, 0.5).Report;

        report.NormDrop.ShouldBe(Math.Sqrt(5) / 6, 1e-7);
        report.Sparsity.ShouldBe(0.5);
        report.GlobalSparsity.ShouldBe(2.0 / 5);
        report.PrunedFraction.ShouldBe(0.5);
        report.Layers.ShouldHaveSingleItem().ShouldBe(new("a.weight", 2, 4));
        report.Warnings.ShouldBeEmpty();
    }
}
