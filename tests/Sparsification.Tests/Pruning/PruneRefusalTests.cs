using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class PruneRefusalTests : IDisposable
{
    private readonly Files _files = new();

    public static TheoryData<string> AllPruners => [.. Pruners.Registry.All.Select(p => p.Info.Name)];

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_sparsity_outside_its_range_is_an_invalid_option(double sparsity) =>
        Refusal(new PruneRequest { Sparsity = sparsity }).ShouldBe(new StepFailure(
            FailureCodes.InvalidOption, $"sparsity is {sparsity}.", "Give a fraction in [0, 1), such as 0.9 for 90 %."));

    [Fact]
    public void A_sparsity_that_keeps_no_weight_is_unreachable() =>
        Refusal(new PruneRequest { Sparsity = 0.95 }).ShouldBe(new StepFailure(
            FailureCodes.UnreachableSparsity, "Sparsity 0.95 keeps none of the 4 prunable weights.", "Ask for less."));

    [Fact]
    public void A_sparsity_below_that_of_the_previous_mask_is_unreachable() =>
        Refusal(new PruneRequest { Sparsity = 0.25, PreviousMask = Masks.Of(("a.weight", [1, 4], "0011")) }).ShouldBe(new StepFailure(
            FailureCodes.UnreachableSparsity,
            "Sparsity 0.25 keeps 3 of 4 prunable weights, but the previous mask has left only 2, and masks only shrink.",
            "Ask for at least 0.5, or start without a previous mask."));

    [Fact]
    public void A_previous_mask_of_another_shape_is_refused() =>
        Refusal(new PruneRequest { Sparsity = 0.5, PreviousMask = Masks.Of(("a.weight", [4, 1], "0011")) }).Code
            .ShouldBe(FailureCodes.MaskMismatch);

    [Fact]
    public void A_previous_mask_of_other_tensors_is_refused_with_all_differences()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [1, 2, 3, 4]), ("b.weight", [1, 1], [1]), ("c.weight", [1, 1], [1]));
        var previous = Masks.Of(("a.weight", [1, 4], "0011"), ("c.weight", [1, 1], "1"));

        Refusal(new PruneRequest { Sparsity = 0.5, PreviousMask = previous, Tensors = new TensorSelection { Exclude = ["c.*"] } }, checkpoint).Reason
            .ShouldBe("The previous mask covers other tensors: it lacks 'b.weight'; it masks 'c.weight', which is not to be pruned.");
    }

    [Fact]
    public void A_checkpoint_without_prunable_tensors_is_refused() =>
        Refusal(new PruneRequest { Sparsity = 0.5, Tensors = new TensorSelection { Exclude = ["a*"] } }).Reason
            .ShouldBe("None of the 1 tensors is prunable with exclude [a*].");

    [Fact]
    public void A_weight_that_is_not_a_number_is_named()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [1, 2, float.NaN, 4]));

        Refusal(new PruneRequest { Sparsity = 0.5 }, checkpoint).ShouldBe(new StepFailure(
            FailureCodes.NotFinite,
            "Tensor 'a.weight' holds NaN or infinity at flat index 2.",
            "Prune a checkpoint of a training that has not diverged."));
    }

    [Fact]
    public void All_layers_that_are_not_finite_are_named_at_once()
    {
        var checkpoint = _files.Write(("a.weight", [1, 2], [1, float.NaN]), ("b.weight", [1, 2], [float.NegativeInfinity, 2]), ("c.weight", [1, 2], [1, 2]));

        Refusal(new PruneRequest { Sparsity = 0.5 }, checkpoint).Reason
            .ShouldBe("2 tensors hold NaN or infinity: 'a.weight' (NaN at flat index 1), 'b.weight' (-Infinity at flat index 0).");
    }

    [Theory]
    [MemberData(nameof(AllPruners))]
    public void No_pruner_passes_a_weight_on_that_is_not_a_number(string pruner)
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [1, 2, float.NaN, 4]));

        Refusal(MadeStatistics.For(_files, checkpoint, new PruneRequest { Sparsity = 0.5, Method = MethodSpec.Of(pruner) }), checkpoint).Code.ShouldBe(FailureCodes.NotFinite);

        Directory.GetFiles(_files.Folder).Where(file => !file.EndsWith(".statistics", StringComparison.Ordinal)).ShouldBe([checkpoint]);
    }

    [Fact]
    public void A_bias_that_is_not_finite_is_named_although_it_is_never_pruned()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [1, 2, 3, 4]), ("a.bias", [2], [0, float.PositiveInfinity]));

        Refusal(new PruneRequest { Sparsity = 0.5 }, checkpoint).Reason.ShouldBe("Tensor 'a.bias' holds Infinity at flat index 1.");
    }

    [Theory]
    [InlineData("magnitude", null, "unstructured", "There is no pruner 'magnitude'.")]
    [InlineData("random", "sfk", "unstructured", "There is no allocation 'sfk'.")]
    [InlineData("random", null, "2:4", "There is no structure '2:4'.")]
    public void An_unknown_method_of_any_axis_is_refused(string method, string? allocation, string structure, string reason) =>
        Refusal(new PruneRequest { Sparsity = 0.5, Method = MethodSpec.Of(method), Allocation = allocation, Structure = structure }).Reason
            .ShouldBe(reason);

    [Fact]
    public void Nothing_is_left_behind_by_a_refusal()
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [1, 2, float.NaN, 4]));

        Refusal(new PruneRequest { Sparsity = 0.5 }, checkpoint);

        Directory.GetFiles(_files.Folder).ShouldBe([checkpoint]);
    }

    private StepFailure Refusal(PruneRequest request, string? checkpoint = null)
    {
        checkpoint ??= _files.Write(("a.weight", [1, 4], [1, 2, 3, 4]));
        return Should.Throw<DomainException>(() => PruneCase.Run(_files, checkpoint, request)).Failure;
    }
}
