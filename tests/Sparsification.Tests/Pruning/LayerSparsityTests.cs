using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

/// <summary>What patterns over names do to a cut.</summary>
public sealed class LayerSparsityTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(GlobalAllocation.Name)]
    [InlineData(UniformAllocation.Name)]
    [InlineData(LampAllocation.Name)]
    public void A_layer_with_a_sparsity_of_its_own_has_just_that_and_the_others_share_the_rest(string allocation)
    {
        var cut = PruneCase.Run(_files, Three(), Request(0.5, ("b.*", 0.25)) with { Allocation = allocation });

        Kept(cut)["b.weight"].ShouldBe(3);
        (Kept(cut)["a.weight"] + Kept(cut)["c.weight"]).ShouldBe(4);
    }

    [Fact]
    public void All_layers_may_have_sparsities_of_their_own() =>
        Kept(PruneCase.Run(_files, Three(), Request(0.5) with { Tensors = Layers(("a*", 0), ("b*", 0.75), ("c*", 0.5)) }))
            .Values.ShouldBe([4, 1, 2]);

    [Fact]
    public void The_next_cycle_goes_on_from_the_mask_before()
    {
        var once = PruneCase.Run(_files, Three(), Request(0.25, ("b.*", 0.5)));
        var twice = PruneCase.Run(_files, once.Checkpoint, Request(0.5, ("b.*", 0.75)) with { PreviousMask = once.Mask });

        Kept(twice)["b.weight"].ShouldBe(1);
        twice.Mask.IsSubsetOf(once.Mask).ShouldBeTrue();
    }

    [Fact]
    public void A_layer_of_which_less_is_left_than_its_own_sparsity_keeps_is_named()
    {
        var once = PruneCase.Run(_files, Three(), Request(0.5, ("b.*", 0.75)));

        Should.Throw<DomainException>(() => PruneCase.Run(_files, once.Checkpoint, Request(0.75, ("b.*", 0.5)) with { PreviousMask = once.Mask })).Failure.Reason
            .ShouldBe("Sparsity 0.5 keeps 2 of 4 prunable weights of 'b.weight', but the previous mask has left only 1, and masks only shrink.");
    }

    [Fact]
    public void A_sparsity_of_its_own_for_one_layer_lets_nobody_empty_all_the_others()
    {
        var failure = Should.Throw<DomainException>(() => PruneCase.Run(_files, Three(), Request(0.99, ("b.*", 0.5)))).Failure;

        (failure.Code, failure.Reason).ShouldBe(
            (FailureCodes.UnreachableSparsity, "Sparsity 0.99 keeps none of the 8 prunable weights of layers without a sparsity of their own."));
    }

    [Fact]
    public void A_script_whose_layers_could_not_be_read_is_told_in_the_report() =>
        PruneCase.Run(_files, Three(), Request(0.5) with { Tensors = new TensorSelection { Unread = "Unread." } }).Report.Warnings.ShouldContain("Unread.");

    [Fact]
    public void A_fixed_density_allows_no_other_sparsity_of_a_layer() =>
        Should.Throw<DomainException>(() => PruneCase.Run(_files, Three(), Request(0.5, ("b.*", 0.25)) with { Structure = "2-of-4" }))
            .Failure.Reason.ShouldBe("The structure '2-of-4' has a sparsity of 0.5, and the cut is to 0.25.");

    [Theory]
    [InlineData("lm_hed.*")]
    [InlineData("lm_head")]
    public void A_pattern_that_matches_nothing_ends_the_cut_with_the_near_name(string pattern)
    {
        var failure = Should.Throw<DomainException>(() => PruneCase.Run(
            _files, Cases.Path("f8"), new PruneRequest { Sparsity = 0.5, Tensors = new TensorSelection { Exclude = [pattern] } })).Failure;

        (failure.Code, failure.Reason, failure.Remedy).ShouldBe(
            (FailureCodes.InvalidOption, $"exclude '{pattern}' matches no tensor.", "Did you mean 'lm_head.weight'?"));
    }

    [Fact]
    public void A_recurrent_network_is_pruned_as_a_whole()
    {
        var checkpoint = _files.Write(
            ("lstm.weight_ih_l0", [4, 2], [.. Enumerable.Range(1, 8).Select(i => (float)i)]),
            ("lstm.weight_hh_l0", [4, 2], [.. Enumerable.Range(1, 8).Select(i => (float)i)]),
            ("lstm.weight_ih_l0_reverse", [4, 2], [.. Enumerable.Range(1, 8).Select(i => (float)i)]),
            ("lstm.bias_ih_l0", [4], [1, 1, 1, 1]),
            ("fc.weight", [1, 4], [1, 2, 3, 4]));

        var cut = PruneCase.Run(_files, checkpoint, Request(0.75) with { Allocation = UniformAllocation.Name });

        Kept(cut).Values.Sum().ShouldBe(7);
        Kept(cut).Keys.ShouldBe(["fc.weight", "lstm.weight_hh_l0", "lstm.weight_ih_l0", "lstm.weight_ih_l0_reverse"]);
    }

    [Fact]
    public void What_the_rule_leaves_out_is_named_with_its_share_and_pruned_when_it_is_included()
    {
        var checkpoint = _files.Write(("wte.weight", [3, 2], [1, 2, 3, 4, 5, 6]), ("fc.weight", [2, 2], [7, 9, 8, 10]));

        PruneCase.Run(_files, checkpoint, Request(0.5)).Report.Warnings.ShouldBe(
            ["60.0 % of all parameters are in matrices that are not pruned: 'wte.weight' [3, 2] (embedding). Include by pattern what is to be pruned."]);
        var included = PruneCase.Run(_files, checkpoint, Request(0.6) with { Tensors = new TensorSelection { Include = ["wte.*"] } });
        Kept(included).ShouldBe(new Dictionary<string, long> { ["fc.weight"] = 4, ["wte.weight"] = 0 });
        PruneCase.Run(_files, checkpoint, Request(0.5) with { Tensors = new TensorSelection { Exclude = ["wte.*"] } }).Report.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void The_remedy_for_an_emptied_layer_names_no_allocation_that_would_empty_it_too()
    {
        var cut = PruneCase.Run(_files, Cases.Path("f15"), Request(0.5) with { Allocation = UniformAllocation.Name });

        cut.Report.Warnings.ShouldBe(
            ["Layer 'a.weight' has none of its 1 weights left: its output no longer depends on its input. Exclude 'a.weight', use the allocation 'erk', or prune less."]);
        Kept(PruneCase.Run(_files, Cases.Path("f15"), Request(0.5) with { Allocation = ErkAllocation.Name }))["a.weight"].ShouldBe(1);
    }

    [Theory]
    [InlineData(null, "classifier.weight")]
    [InlineData("fc", "fc.weight")]
    public void The_last_layer_keeps_its_rows(string? given, string whole)
    {
        var cut = PruneCase.Run(
            _files, Cases.Path("f12-classifier"), Request(0.3) with { Structure = RowStructure.Name, Tensors = new TensorSelection { OutputLayer = given } });

        var layer = cut.Report.Layers.Single(l => l.Name == whole);
        layer.Kept.ShouldBe(layer.Total);
    }

    private static Dictionary<string, long> Kept(PruneCase cut) => cut.Report.Layers.ToDictionary(l => l.Name, l => l.Kept);

    private static PruneRequest Request(double sparsity, params (string Pattern, double Sparsity)[] layers) => new() { Sparsity = sparsity, Tensors = Layers(layers) };

    private static TensorSelection Layers(params (string Pattern, double Sparsity)[] layers) =>
        new() { Layers = layers.ToDictionary(l => l.Pattern, l => l.Sparsity) };

    private string Three() => _files.Write(("a.weight", [1, 4], [1, 2, 3, 4]), ("b.weight", [1, 4], [5, 6, 7, 8]), ("c.weight", [1, 4], [9, 10, 11, 12]));
}
