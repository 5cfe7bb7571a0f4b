using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class UnitStructureTests : IDisposable
{
    private readonly Files _files = new();

    /// <summary>Structures whose units are rectangles, and how high and wide they are in a matrix of 8 columns.</summary>
    public static TheoryData<string, int, int> Rectangles => new(
        ("block-1x4", 1, 4), ("block-1x16", 1, 16), ("block-4x4", 4, 4), (RowStructure.Name, 1, 8), (ChannelStructure.Name, int.MaxValue, 1));

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_structure_in_units_is_tested_here() =>
        Structures.Registry.All.OfType<UnitStructure>().Select(s => s.Info.Name).ShouldBe(Rectangles.Select(r => r.Data.Item1), ignoreOrder: true);

    /// <summary>Means 2, 3 | 1.5, 1 over rows of 6 weights: the blocks at the right edge have two. Seven of twelve weights are room for 3 and 2.</summary>
    [Fact]
    public void The_blocks_with_the_highest_mean_stay_and_those_at_an_edge_are_smaller()
    {
        var checkpoint = _files.Write(("a.weight", [2, 6], [1, -2, 2, 3, 3, -3, 1.5f, 1.5f, -1.5f, 1.5f, 1, 1]));

        var cut = PruneCase.Run(_files, checkpoint, Request("block-1x4", 5 / 12.0));

        Files.Read(cut.Checkpoint, "a.weight").ShouldBe([1, -2, 2, 3, 3, -3, 0, 0, 0, 0, 0, 0]);
        cut.Report.Sparsity.ShouldBe(0.5);
        cut.Report.TargetSparsity.ShouldBe(5 / 12.0);
    }

    /// <summary>Two filters of two 1×2 kernels: channel 0 has 1, 1, 1, 1, channel 1 has 2, 0, 2, 1.</summary>
    [Fact]
    public void A_channel_goes_with_its_kernels_in_all_filters()
    {
        var checkpoint = _files.Write(("a.weight", [2, 2, 1, 2], [1, 1, 2, 0, 1, 1, 2, 1]));

        var cut = PruneCase.Run(_files, checkpoint, Request(ChannelStructure.Name, 0.5));

        Files.Read(cut.Checkpoint, "a.weight").ShouldBe([0, 0, 2, 0, 0, 0, 2, 1]);
    }

    [Fact]
    public void A_filter_goes_as_a_whole_its_bias_stays_and_the_last_layer_keeps_its_rows()
    {
        var checkpoint = _files.Write(
            ("conv.weight", [3, 1, 1, 2], [1, -1, 3, 3, 0, 2.5f]), ("conv.bias", [3], [7, 8, 9]), ("fc.weight", [2, 3], [0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f]));

        var cut = PruneCase.Run(_files, checkpoint, Request(RowStructure.Name, 4 / 12.0));

        Files.Read(cut.Checkpoint, "conv.weight").ShouldBe([0, 0, 3, 3, 0, 0]);
        Files.Read(cut.Checkpoint, "conv.bias").ShouldBe([7, 8, 9]);
        Files.Read(cut.Checkpoint, "fc.weight").ShouldBe([0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f]);
        cut.Report.Warnings.ShouldBe(["Layer 'fc.weight' is taken for the last one by shapes and names, and keeps all its rows; name another as output layer, or none."]);
    }

    /// <summary>A uniform cut would keep 2 of 4 and 4 of 8 weights; the last layer's 4 are spared, so the first has 2 left to share.</summary>
    [Fact]
    public void What_a_layer_must_keep_beyond_its_share_the_others_give()
    {
        var checkpoint = _files.Write(("a.weight", [4, 2], [1, 1, 4, 4, 3, 3, 2, 2]), ("b.weight", [1, 4], [1, 1, 1, 1]));

        var cut = PruneCase.Run(_files, checkpoint, Request(RowStructure.Name, 0.5) with { Allocation = UniformAllocation.Name });

        Files.Read(cut.Checkpoint, "a.weight").ShouldBe([0, 0, 4, 4, 0, 0, 0, 0]);
        cut.Report.Layers.ShouldBe([new("a.weight", 2, 8), new("b.weight", 4, 4)]);
    }

    [Fact]
    public void No_layer_is_emptied_although_its_weights_are_the_smallest()
    {
        var checkpoint = _files.Write(("a.weight", [2, 4], [1, 1, 1, 1, 2, 2, 2, 2]), ("b.weight", [2, 4], [.1f, .1f, .1f, .1f, .2f, 0, 0, 0]));

        var cut = PruneCase.Run(_files, checkpoint, Request("block-1x4", 0.5));

        Files.Read(cut.Checkpoint, "b.weight").ShouldBe([.1f, .1f, .1f, .1f, 0, 0, 0, 0]);
    }

    [Fact]
    public void A_cut_that_would_leave_less_than_a_unit_per_layer_is_refused_with_what_can_be_had()
    {
        var checkpoint = _files.Write(("a.weight", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]), ("b.weight", [1, 4], [1, 1, 1, 1]));

        Should.Throw<DomainException>(() => PruneCase.Run(_files, checkpoint, Request(RowStructure.Name, 0.75))).Failure.ShouldBe(new StepFailure(
            FailureCodes.UnreachableSparsity,
            "The cut keeps 3 of 12 prunable weights, but the structure 'row' leaves every layer its best unit and 'b.weight', the last layer, all its rows: 6 weights.",
            "Ask for at most 0.5, exclude layers, or use the structure 'unstructured'."));
    }

    [Fact]
    public void A_sparsity_far_below_that_of_the_previous_mask_is_unreachable_all_the_same() =>
        Should.Throw<DomainException>(() => PruneCase.Run(
                _files,
                _files.Write(("a.weight", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8])),
                Request(ChannelStructure.Name, 0) with { PreviousMask = Masks.Of(("a.weight", [4, 2], "10 10 00 10")) }))
            .Failure.Code.ShouldBe(FailureCodes.UnreachableSparsity);

    [Fact]
    public void Nothing_pruned_has_no_structure() =>
        Should.Throw<DomainException>(() => PruneCase.Run(
                _files, _files.Write(("a.weight", [1, 2], [1, 2])), Request(RowStructure.Name, 0.5) with { Method = MethodSpec.Of(NonePruner.Name) }))
            .Failure.Reason.ShouldBe("The structure 'row' is a pattern of pruned weights, and the pruner 'none' prunes none.");

    /// <summary>The second layer is only there to be the last.</summary>
    [Theory]
    [MemberData(nameof(Rectangles))]
    public void Units_stay_or_go_whole_and_none_that_goes_is_better_by_mean_than_one_that_stays(string structure, int rows, int columns) =>
        Gen.Select(Gen.Int[2, 9].SelectMany(r => Gen.Int[-4, 4].Array[8 * r]), Gen.Double[0, 1]).Sample(
            (weights, sparsity) =>
            {
                var checkpoint = _files.Write(("a.weight", [weights.Length / 8, 8], [.. weights.Select(w => (float)w)]), ("b.weight", [1, 1], [9]));
                var mask = PruneCase.Run(_files, checkpoint, Request(structure, sparsity * Reachable(weights.Length, rows, columns))).Mask.Find("a.weight")!;

                var units = weights.Select((w, i) => (Weight: Math.Abs(w), IsKept: mask.IsKept(i), Unit: (i / 8 / rows, i % 8 / columns))).GroupBy(w => w.Unit).ToList();
                units.ShouldAllBe(u => u.Select(w => w.IsKept).Distinct().Count() == 1);
                var stay = units.Where(u => u.First().IsKept).Min(u => u.Average(w => w.Weight));
                units.Where(u => !u.First().IsKept).ShouldAllBe(u => u.Average(w => w.Weight) <= stay);
            },
            iter: 25,
            threads: 1);

    /// <summary>Leaves both layers a unit.</summary>
    private static double Reachable(int weights, int rows, int columns) =>
        1 - ((Math.Min(weights / 8, rows) * Math.Min(8, columns) + 1) / (weights + 1.0));

    private static PruneRequest Request(string structure, double sparsity) => new() { Sparsity = sparsity, Structure = structure };
}
