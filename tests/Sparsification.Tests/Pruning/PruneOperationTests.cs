using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class PruneOperationTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(TensorType.F16)]
    [InlineData(TensorType.BF16)]
    [InlineData(TensorType.F64)]
    public void Every_floating_point_type_is_pruned_without_touching_what_is_kept(TensorType type)
    {
        var checkpoint = _files.Write(type, ("a.weight", [2, 3], [1, -5, 0.5f, 2, -0.25f, 3]));

        var cut = PruneCase.Run(_files, checkpoint, GlobalMagnitudePruner.Name, 0.5);

        Files.Read(cut.Checkpoint, "a.weight").ShouldBe([0, -5, 0, 2, 0, 3]);
        using var state = StateDict.Open(cut.Checkpoint);
        state.Find("a.weight")!.Type.ShouldBe(type);
    }

    [Fact]
    public void What_the_previous_mask_prunes_stays_pruned_however_large_it_has_become()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [100, 1, 2, 3]));

        var cut = PruneCase.Run(_files, checkpoint, GlobalMagnitudePruner.Name, 0.5, Masks.Of(("a.weight", [1, 4], "0111")));

        Files.Bits(cut.Mask, "a.weight").ShouldBe("0011");
        cut.Report.PrunedFraction.ShouldBe(1.0 / 3);
    }

    /// <summary>Two of four stay, both below the ceiling; the weight above it is removed by the cut too, so half of the weights are.</summary>
    [Fact]
    public void What_is_above_the_ceiling_is_pruned_however_large_it_is()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [100, 1, 2, 3]));
        var request = new PruneRequest { Sparsity = 0.5, Ceiling = Masks.Of(("a.weight", [1, 4], "0111")) };

        var cut = PruneCase.Run(_files, checkpoint, request);
        var later = PruneCase.Run(_files, checkpoint, request with { Sparsity = 0.75, PreviousMask = Masks.Of(("a.weight", [1, 4], "1110")) });

        Files.Bits(cut.Mask, "a.weight").ShouldBe("0011");
        cut.Report.PrunedFraction.ShouldBe(0.5);
        Files.Bits(later.Mask, "a.weight").ShouldBe("0010");
        later.Report.PrunedFraction.ShouldBe(2.0 / 3);
        Should.Throw<DomainException>(() => PruneCase.Run(_files, checkpoint, request with { Ceiling = Masks.Of(("b.weight", [1, 4], "0111")) })).Failure.Code.ShouldBe(FailureCodes.MaskMismatch);
    }

    [Fact]
    public void A_kept_zero_outranks_a_weight_that_is_pruned_already()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [0, 0, 0, 1]));

        var cut = PruneCase.Run(_files, checkpoint, GlobalMagnitudePruner.Name, 0.5, Masks.Of(("a.weight", [1, 4], "0111")));

        Files.Bits(cut.Mask, "a.weight").ShouldBe("0101");
    }

    [Fact]
    public void Excluded_tensors_are_neither_pruned_nor_counted()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [1, 2, 3, 4]), ("head.weight", [1, 2], [0.1f, 0.2f]));

        var cut = PruneCase.Run(_files, checkpoint, new PruneRequest { Sparsity = 0.5, Tensors = new TensorSelection { Exclude = ["head.*"] } });

        cut.Mask.Total.ShouldBe(4);
        Files.Read(cut.Checkpoint, "head.weight").ShouldBe([0.1f, 0.2f]);
    }

    [Fact]
    public void Tensors_of_other_types_pass_through_bit_by_bit()
    {
        var checkpoint = new StateDictBuilder().Floats("a.weight", [1, 2], 1, 2).Raw("b.weight", TensorType.F8E4M3, [2, 2], 1, 2, 3, 4)
            .Raw("c.weight", TensorType.F4, [2, 3], 5, 6, 7).Raw("d.weight", TensorType.U64, [1, 1], 1, 2, 3, 4, 5, 6, 7, 8)
            .Unknown("e.weight", "F3_E1M1", [2, 2], 9, 10, 11, 12, 13).Save(_files.NewPath());

        var cut = PruneCase.Run(_files, checkpoint, GlobalMagnitudePruner.Name, 0.5);

        cut.Mask.Tensors.ShouldHaveSingleItem().Name.ShouldBe("a.weight");
        Files.Read(cut.Checkpoint, "a.weight").ShouldBe([0, 2]);
        using StateDict before = StateDict.Open(checkpoint), after = StateDict.Open(cut.Checkpoint);
        after.StructureDigest.ShouldBe(before.StructureDigest);
        foreach (var tensor in before.Tensors.Skip(1))
            after.Bytes(tensor.Name, 0, (int)tensor.ByteLength).ToArray().ShouldBe(before.Bytes(tensor.Name, 0, (int)tensor.ByteLength).ToArray());
    }

    [Fact]
    public void Metadata_goes_along()
    {
        var checkpoint = new StateDictBuilder().Floats("a.weight", [1, 2], 1, 2).Metadata("format", "pt").Save(_files.NewPath());

        var cut = PruneCase.Run(_files, checkpoint, GlobalMagnitudePruner.Name, 0.5);

        using var state = StateDict.Open(cut.Checkpoint);
        state.Metadata["format"].ShouldBe("pt");
    }
}
