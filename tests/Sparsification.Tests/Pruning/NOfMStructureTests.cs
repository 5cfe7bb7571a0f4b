using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class NOfMStructureTests : IDisposable
{
    private readonly Files _files = new();

    /// <summary>Name, N and M of every structure that keeps some of every few weights.</summary>
    public static TheoryData<string, int, int> Patterns => new(("2-of-4", 2, 4), ("4-of-8", 4, 8), ("1-of-4", 1, 4));

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_two_largest_of_every_four_stay_and_the_first_of_equals()
    {
        var checkpoint = _files.Write(("a.weight", [2, 4], [1, -5, 0.5f, 2, 3, 3, 3, -3]));

        var cut = PruneCase.Run(_files, checkpoint, Request("2-of-4", 0.5));

        Files.Read(cut.Checkpoint, "a.weight").ShouldBe([0, -5, 0, 2, 3, 3, 0, 0]);
    }

    [Fact]
    public void Every_fixed_density_is_tested_here() =>
        Structures.Registry.All.Where(s => s.Density is not null).Select(s => s.Info.Name).ShouldBe(Patterns.Select(p => p.Data.Item1), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Every_group_keeps_its_best_and_no_more(string structure, int kept, int group) =>
        Models(group).Sample(
            values =>
            {
                var cut = PruneCase.Run(_files, Save(values, group), Request(structure, 1 - ((double)kept / group)));
                foreach (var (weights, start) in values.Chunk(group).Select((w, i) => (w, i * group)))
                {
                    var mask = cut.Mask.Tensors[0];
                    var stay = weights.Where((_, i) => mask.IsKept(start + i)).Select(Math.Abs).ToList();
                    stay.Count.ShouldBe(kept);
                    stay.Min().ShouldBeGreaterThanOrEqualTo(weights.Where((_, i) => !mask.IsKept(start + i)).Max(Math.Abs));
                }
            },
            iter: 25,
            threads: 1);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Cutting_again_and_other_threads_change_nothing(string structure, int kept, int group) =>
        Models(group).Sample(
            values =>
            {
                var request = Request(structure, 1 - ((double)kept / group));
                var once = PruneCase.Run(_files, Save(values, group), request, threads: 1);
                var twice = PruneCase.Run(_files, once.Checkpoint, request with { PreviousMask = once.Mask }, threads: 3);
                twice.Mask.Digest.ShouldBe(once.Mask.Digest);
            },
            iter: 25,
            threads: 1);

    [Theory]
    [InlineData(0.9, GlobalAllocation.Name, "The structure '2-of-4' has a sparsity of 0.5, and the cut is to 0.9.")]
    [InlineData(0.5, LampAllocation.Name, "The structure '2-of-4' gives every layer the density 0.5, and the allocation 'lamp' gives each its own.")]
    public void A_cut_that_cannot_have_the_pattern_is_refused(double sparsity, string allocation, string reason) =>
        Refusal([1, 4], Request("2-of-4", sparsity) with { Allocation = allocation }).ShouldBe((FailureCodes.InvalidOption, reason));

    [Fact]
    public void Inputs_that_are_no_whole_groups_are_refused_by_name_all_layers_at_once()
    {
        var checkpoint = _files.Write(("a.weight", [2, 2], [1, 2, 3, 4]), ("b.weight", [1, 4], [1, 2, 3, 4]), ("c.weight", [1, 1, 2, 2], [1, 2, 3, 4]));

        var failure = Should.Throw<DomainException>(() => PruneCase.Run(_files, checkpoint, Request("2-of-4", 0.5))).Failure;

        failure.Reason.ShouldBe("The structure '2-of-4' needs whole groups of 4 inputs: 'a.weight' has 2, 'c.weight' has 1.");
        failure.Remedy.ShouldBe("Exclude 'a.weight', 'c.weight', or use the structure 'unstructured'.");
    }

    [Fact]
    public void Groups_of_a_convolution_run_along_its_input_channels_at_one_place_of_the_kernel()
    {
        // Two places of the kernel, four channels: (1, 3, 5, 7) and (8, 6, 4, 2), of which 5, 7 and 8, 6 stay.
        var checkpoint = _files.Write(("conv.weight", [1, 4, 1, 2], [1, 8, 3, 6, 5, 4, 7, 2]));

        var cut = PruneCase.Run(_files, checkpoint, Request("2-of-4", 0.5));

        Files.Read(cut.Checkpoint, "conv.weight").ShouldBe([0, 8, 0, 6, 5, 0, 7, 0]);
    }

    [Theory]
    [InlineData(8, 4, 3, 1)]
    [InlineData(3, 8, 7, 2)]
    [InlineData(5, 12, 1, 3)]
    public void Every_group_of_channels_keeps_its_best_whatever_the_kernel_and_the_threads(int outputs, int channels, int kernel, int threads)
    {
        var random = new Random(outputs);
        float[] values = [.. Enumerable.Range(0, outputs * channels * kernel * kernel).Select(_ => random.NextSingle() - 0.5f)];
        var checkpoint = _files.Write(("conv.weight", [outputs, channels, kernel, kernel], values));

        var mask = PruneCase.Run(_files, checkpoint, Request("2-of-4", 0.5), threads).Mask.Tensors[0];

        var places = kernel * kernel;
        foreach (var group in Enumerable.Range(0, values.Length).GroupBy(i => (i / (4 * places), i % places)))
            group.OrderByDescending(i => Math.Abs(values[i])).Take(2).Order().ShouldBe(group.Where(i => mask.IsKept(i)).Order());
    }

    [Fact]
    public void A_previous_mask_that_leaves_a_group_too_few_is_refused() =>
        Refusal([2, 4], Request("2-of-4", 0.5) with { PreviousMask = Masks.Of(("a.weight", [2, 4], "1111 1000")) }).ShouldBe(
            (FailureCodes.MaskMismatch, "The previous mask leaves fewer than 2 of the 4 weights of 'a.weight' from flat index 4, which the structure '2-of-4' keeps."));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_not_finite_is_named(float wrong)
    {
        var checkpoint = _files.Write(("a.weight", [1, 4], [1, wrong, 2, 3]));

        Should.Throw<DomainException>(() => PruneCase.Run(_files, checkpoint, Request("2-of-4", 0.5)))
            .Failure.Reason.ShouldBe("Tensor 'a.weight' holds NaN or infinity at flat index 1.");
    }

    private (string Code, string Reason) Refusal(long[] shape, PruneRequest request)
    {
        var checkpoint = _files.Write(("a.weight", shape, [.. Enumerable.Range(1, (int)shape.Aggregate((a, b) => a * b)).Select(i => (float)i)]));
        var failure = Should.Throw<DomainException>(() => PruneCase.Run(_files, checkpoint, request)).Failure;
        failure.Remedy.ShouldNotBeEmpty();
        return (failure.Code, failure.Reason);
    }

    /// <summary>Up to three words of weights in whole groups, ties among them.</summary>
    private static Gen<float[]> Models(int group) =>
        Gen.Int[1, 192 / group].SelectMany(groups => Gen.OneOf(Gen.OneOf(-1f, 0, 0.5f, 1), Gen.Float[-3, 3]).Array[groups * group]);

    private string Save(float[] values, int group) => _files.Write(("a.weight", [values.Length / group, group], values));

    private static PruneRequest Request(string structure, double sparsity) => new() { Sparsity = sparsity, Structure = structure };
}
