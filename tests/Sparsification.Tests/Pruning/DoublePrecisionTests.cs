using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

/// <summary>F64 is scored, cut and measured in 64 bits: numbers that 32 bits cannot tell apart or hold are not special.</summary>
public sealed class DoublePrecisionTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Numbers_below_the_range_of_32_bits_are_told_apart()
    {
        var cut = PruneCase.Run(_files, Cases.Path("f3-prune"), GlobalMagnitudePruner.Name, 0.5);

        Files.ReadDoubles(cut.Checkpoint, "fc.weight").ShouldBe([0, 0, 3e-50, 4e-50]);
        Files.Bits(cut.Mask, "fc.weight").ShouldBe("0011");
        cut.Report.NormDrop.ShouldBe(Math.Sqrt(5 / 30.0), 1e-12);
    }

    [Fact]
    public void Numbers_that_differ_beyond_32_bits_are_told_apart_and_equal_ones_keep_the_first()
    {
        var file = _files.WriteDoubles([1, 6], 1 + 1e-12, 1, 1 + 2e-12, 1 + 1e-12, 1, -1 - 2e-12);

        Files.Bits(PruneCase.Run(_files, file, GlobalMagnitudePruner.Name, 0.5).Mask, "a.weight").ShouldBe("101001");
    }

    /// <summary>Every structure and every allocation that does not compare shares, at a scale that 32 bits cannot hold.</summary>
    [Theory]
    [InlineData(GlobalAllocation.Name, UnstructuredStructure.Name, -900)]
    [InlineData(UniformAllocation.Name, UnstructuredStructure.Name, 900)]
    [InlineData(ErkAllocation.Name, UnstructuredStructure.Name, -900)]
    [InlineData(GlobalAllocation.Name, "2-of-4", -900)]
    [InlineData(GlobalAllocation.Name, "block-1x4", -900)]
    [InlineData(UniformAllocation.Name, "block-4x4", 900)]
    [InlineData(GlobalAllocation.Name, ChannelStructure.Name, 1023)]
    public void A_network_times_a_power_of_two_is_cut_as_the_network_is(string allocation, string structure, int power)
    {
        var random = new Random(7);
        double[] values = [.. Enumerable.Range(0, 64 * 48).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
        var request = new PruneRequest { Sparsity = 0.5, Allocation = allocation, Structure = structure };

        var narrow = PruneCase.Run(_files, _files.Write(("a.weight", [64, 48], [.. values.Select(v => (float)v)])), request);
        var wide = PruneCase.Run(_files, _files.WriteDoubles([64, 48], [.. values.Select(v => Math.ScaleB(v, power))]), request);

        wide.Mask.Digest.ShouldBe(narrow.Mask.Digest);
        wide.Report.NormDrop.ShouldBe(narrow.Report.NormDrop, 1e-12);
    }

    [Fact]
    public void Shares_of_a_layer_are_compared_in_64_bits()
    {
        // Shares 1/1, (1/4)/(5/4) … do not depend on a layer's scale, so each layer keeps two of four.
        double[] layer = [8, 4, 2, 1];
        var file = new StateDictBuilder().Doubles("a.weight", [1, 4], [.. layer.Select(v => v * 1e-200)]).Doubles("b.weight", [1, 4], [.. layer.Select(v => v * 1e200)])
            .Save(_files.NewPath());

        var cut = PruneCase.Run(_files, file, new PruneRequest { Sparsity = 0.5, Allocation = LampAllocation.Name });

        Files.Bits(cut.Mask, "a.weight").ShouldBe("1100");
        Files.Bits(cut.Mask, "b.weight").ShouldBe("1100");
    }

    [Fact]
    public void A_later_cut_never_takes_back_what_an_earlier_one_pruned()
    {
        var file = _files.WriteDoubles([1, 4], 1e300, 1e-300, 2e-300, 3e-300);

        var cut = PruneCase.Run(_files, file, GlobalMagnitudePruner.Name, 0.5, Masks.Of(("a.weight", [1, 4], "0111")));

        Files.Bits(cut.Mask, "a.weight").ShouldBe("0011");
    }

    [Theory]
    [InlineData(1e39)]
    [InlineData(-1.7e308)]
    public void What_is_finite_in_64_bits_is_finite_for_verify_and_for_prune(double large)
    {
        var file = _files.WriteDoubles([1, 4], large, 1, 2, 3);

        CheckpointInspector.Verify(file).Passed.ShouldBeTrue();
        var cut = PruneCase.Run(_files, file, GlobalMagnitudePruner.Name, 0.5);

        Files.ReadDoubles(cut.Checkpoint, "a.weight").ShouldBe([large, 0, 0, 3]);
        double.IsFinite(cut.Report.NormDrop).ShouldBeTrue();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_is_refused_by_both(double value)
    {
        var file = _files.WriteDoubles([1, 4], 1, value, 2, 3);

        CheckpointInspector.Verify(file).Passed.ShouldBeFalse();
        var failure = Should.Throw<DomainException>(() => PruneCase.Run(_files, file, GlobalMagnitudePruner.Name, 0.5)).Failure;
        failure.Reason.ShouldBe("Tensor 'a.weight' holds NaN or infinity at flat index 1.");
    }

    [Fact]
    public void An_F32_layer_beside_an_F64_one_is_cut_by_the_same_numbers()
    {
        var file = new StateDictBuilder().Floats("a.weight", [1, 2], 0.1f, 3).Doubles("b.weight", [1, 2], 0.1f + 1e-12, 1e-60).Save(_files.NewPath());

        var cut = PruneCase.Run(_files, file, GlobalMagnitudePruner.Name, 0.5);

        Files.Bits(cut.Mask, "a.weight").ShouldBe("01");
        Files.Bits(cut.Mask, "b.weight").ShouldBe("10");
    }

    [Fact]
    public void What_is_drawn_does_not_depend_on_the_type()
    {
        var request = new PruneRequest { Method = MethodSpec.Of(RandomPruner.Name), Sparsity = 0.5, Seed = 3 };

        PruneCase.Run(_files, _files.WriteDoubles([8, 8], [.. Enumerable.Range(1, 64).Select(i => (double)i)]), request).Mask.Digest
            .ShouldBe(PruneCase.Run(_files, _files.Write(("a.weight", [8, 8], [.. Enumerable.Range(1, 64).Select(i => (float)i)])), request).Mask.Digest);
    }
}
