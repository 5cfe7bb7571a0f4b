using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

public sealed class LayerwiseCutTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>
    /// Input (1, 1). The first layer says 3.1 and 3.9; cut to one weight a row, 3 and 2. The second has weights 1 and 1, so whichever of the two is larger decides
    /// which of them stays.
    /// </summary>
    [Fact]
    public void Later_layers_are_cut_by_what_cut_layers_say_and_the_masks_are_others()
    {
        var path = _files.Write(("a.weight", [2, 2], [3, 0.1f, 2, 1.9f]), ("b.weight", [1, 2], [1, 1]));
        double[][] input = [[1, 1]];
        var together = Cut(path, MadeStatistics.Of("a.weight", input), MadeStatistics.Of("b.weight", [[3.1, 3.9]]));

        using var source = StateDict.Open(path);
        var layerwise = new LayerwiseCut(source, Request);
        var first = layerwise.Cut(MadeStatistics.Of("a.weight", input))!;
        first.ShouldBe([3, 0, 2, 0], 1e-6);
        double[] said = [first[0] + first[1], first[2] + first[3]];
        var second = layerwise.Cut(MadeStatistics.Of("b.weight", [said]))!;
        var inOrder = Cut(path, MadeStatistics.Of("a.weight", input), MadeStatistics.Of("b.weight", [said]));

        Files.Bits(together.Mask, "b.weight").ShouldBe("01");
        Files.Bits(inOrder.Mask, "b.weight").ShouldBe("10");
        Files.Read(inOrder.Checkpoint, "a.weight").ShouldBe(first.Select(w => (float)w));
        Files.Read(inOrder.Checkpoint, "b.weight").ShouldBe(second.Select(w => (float)w));
        // The whole network says 7; what is left of it says 3 by the one mask and 2 by the other.
        Math.Abs(7 - (said[0] * second[0] + said[1] * second[1])).ShouldBeLessThan(Math.Abs(7 - said[1]));
    }

    [Theory]
    [InlineData("wanda", "unstructured")]
    [InlineData("wanda", "2-of-4")]
    [InlineData("sparsegpt", "unstructured")]
    [InlineData("sparsegpt", "2-of-4")]
    public void A_layer_is_cut_as_the_cut_of_all_layers_with_the_same_statistics_cuts_it(string pruner, string structure)
    {
        var random = new Random(5);
        float[] Drawn(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];
        var path = _files.Write(("a.weight", [6, 8], Drawn(48)), ("b.weight", [4, 12], Drawn(48)), ("c.bias", [3], Drawn(3)));
        var request = MadeStatistics.For(_files, path, Request with { Method = MethodSpec.Of(pruner), Structure = structure, Allocation = "uniform" });

        var whole = PruneCase.Run(_files, path, request);

        using var source = StateDict.Open(path);
        var layerwise = new LayerwiseCut(source, request);
        foreach (var name in new[] { "b.weight", "a.weight" })
            layerwise.Cut(request.Statistics!.Find(name, products: true)!)!.Select(w => (float)w).ShouldBe(Files.Read(whole.Checkpoint, name));
        layerwise.Cut(new LayerStatistics("c.weight", 1, [1], [1], null)).ShouldBeNull("nothing is pruned there");
    }

    [Theory]
    [InlineData("unstructured")]
    [InlineData("2-of-4")]
    public void Layers_that_were_solved_on_the_way_are_not_solved_again_and_give_the_same_bytes(string structure)
    {
        var random = new Random(5);
        float[] Drawn(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];
        var path = _files.Write(("a.weight", [6, 8], Drawn(48)), ("b.weight", [4, 12], Drawn(48)), ("c.bias", [3], Drawn(3)));
        var request = MadeStatistics.For(_files, path, Request with { Method = MethodSpec.Of("sparsegpt"), Structure = structure });
        var whole = PruneCase.Run(_files, path, request);
        var file = _files.NewPath("solution");
        using (var source = StateDict.Open(path))
        using (var layerwise = new LayerwiseCut(source, request, file))
        {
            layerwise.Cut(request.Statistics!.Find("b.weight", products: true)!);
            layerwise.TryCompleteSolution().ShouldBeFalse("one layer is missing");
            layerwise.Cut(request.Statistics.Find("a.weight", products: true)!);
            layerwise.TryCompleteSolution().ShouldBeTrue();
        }

        using var solution = SolutionFile.Open(file);
        var counted = new CountedProducts(request.Statistics!);
        var again = PruneCase.Run(_files, path, request with { Statistics = counted, Solution = solution });

        counted.Read.ShouldBe(0, "who reads products solves a layer");
        File.ReadAllBytes(again.Checkpoint).ShouldBe(File.ReadAllBytes(whole.Checkpoint));
        again.Mask.Tensors.Select(t => t.Words.ToArray()).ShouldBe(whole.Mask.Tensors.Select(t => t.Words.ToArray()));
        again.Report.Reconstruction.ShouldBe(whole.Report.Reconstruction);
    }

    [Fact]
    public void Solved_layers_of_another_network_are_refused()
    {
        var (one, other) = (_files.Write(("a.weight", [2, 4], new float[8])), _files.Write(("a.weight", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8])));
        var request = Request with { Method = MethodSpec.Of("sparsegpt") };
        var file = _files.NewPath("solution");
        using (var source = StateDict.Open(one))
        using (var layerwise = new LayerwiseCut(source, request, file))
        {
            layerwise.Cut(MadeStatistics.Of("a.weight", [[1, 2, 3, 4]]));
            layerwise.TryCompleteSolution().ShouldBeTrue();
        }

        using var solution = SolutionFile.Open(file);
        using var statistics = MadeStatistics.Open(_files, MadeStatistics.Of("a.weight", [[1, 2]]));
        Should.Throw<DomainException>(() => PruneCase.Run(_files, other, request with { Statistics = statistics, Solution = solution }))
            .Failure.Reason.ShouldBe("The solved layers have no 'a.weight' of shape [4, 2].");
        Should.Throw<DomainException>(() => SolutionFile.Open(other)).Failure.Code.ShouldBe(FailureCodes.WrongKind);
        Should.Throw<DomainException>(() => CheckpointFile.Open(file, CheckpointUse.Prune)).Failure.Reason.ShouldContain("layers that a pruner has solved");
    }

    [Theory]
    [InlineData("global")]
    public void An_allocation_that_looks_at_all_layers_first_is_refused(string allocation)
    {
        using var source = StateDict.Open(_files.Write(("a.weight", [2, 2], [3, 0.1f, 2, 1.9f])));

        Should.Throw<DomainException>(() => new LayerwiseCut(source, Request with { Allocation = allocation })).Failure.Reason.ShouldStartWith($"The allocation '{allocation}' looks at all layers");
    }

    private PruneCase Cut(string path, params LayerStatistics[] statistics) => PruneCase.Run(_files, path, Request with { Statistics = MadeStatistics.Open(_files, statistics) });

    private sealed class CountedProducts(ILayerStatisticsSource inner) : ILayerStatisticsSource
    {
        public int Read { get; private set; }

        public bool Has(string tensor) => inner.Has(tensor);

        public bool HasProducts(string tensor) => inner.HasProducts(tensor);

        public LayerStatistics? Find(string tensor, bool products)
        {
            Read += products ? 1 : 0;
            return inner.Find(tensor, products);
        }
    }

    private static PruneRequest Request { get; } = new() { Method = MethodSpec.Of(WandaPruner.Name), Sparsity = 0.5 };
}
