using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Runner.Tests.Jobs;

public sealed class CollectJobTests : IDisposable
{
    private const double Sparsity = 0.7;
    private const string Last = "layers.2.weight";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("wanda")]
    [InlineData("sparsegpt")]
    public async Task Statistics_taken_layer_by_layer_are_those_of_the_network_that_is_cut_by_them(string pruner)
    {
        var spec = await SpecAsync(pruner);

        var sequential = await _bench.CollectAsync(spec with { Sequential = new() { Rule = new() { Method = MethodSpec.Of(pruner), Sparsity = Sparsity } } });
        var pruned = await PruneAsync(spec, pruner, sequential);
        var after = await _bench.CollectAsync(spec with { Checkpoint = pruned });

        using var was = StatisticsFile.Open(await _bench.Artifacts.FetchAsync(sequential, Stop));
        using var found = StatisticsFile.Open(await _bench.Artifacts.FetchAsync(after, Stop));
        foreach (var layer in new[] { "layers.0.weight", "layers.1.weight", "layers.2.weight" })
            found.Find(layer, products: false)!.Squares.ShouldBe(was.Find(layer, products: false)!.Squares, layer);
    }

    /// <summary>What cutting in order is for. Whether the network as a whole moves less depends on the pruner and the network: decision 0046 has figures.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_layer_that_is_solved_by_what_cut_ones_say_moves_less_on_just_that(long seed)
    {
        const string Pruner = "sparsegpt";
        var spec = await SpecAsync(Pruner, seed);
        var together = await PruneAsync(spec, Pruner, await _bench.CollectAsync(spec));
        var inOrder = await PruneAsync(
            spec, Pruner, await _bench.CollectAsync(spec with { Sequential = new() { Rule = new() { Method = MethodSpec.Of(Pruner), Sparsity = Sparsity } } }));
        var stored = await _bench.CollectAsync(spec with { Checkpoint = inOrder, Activations = new() { Layers = [Last], Rows = spec.Examples } });
        using var statistics = StatisticsFile.Open(await _bench.Artifacts.FetchAsync(stored, Stop));
        var seen = statistics.Rows(Last, test: false)!;

        var dense = await OutputsAsync(spec.Checkpoint, seen);
        async Task<double> MovedAsync(ArtifactRef pruned) => (await OutputsAsync(pruned, seen)).Zip(dense, (now, before) => (now - before) * (now - before)).Sum();

        (await MovedAsync(inOrder)).ShouldBeLessThan(await MovedAsync(together));
    }

    [Fact]
    public async Task What_was_solved_on_the_way_is_the_cut_that_solving_again_makes()
    {
        var spec = await SpecAsync("sparsegpt") with { Sequential = new() { Rule = new() { Method = MethodSpec.Of("sparsegpt"), Sparsity = Sparsity } } };
        var reply = await _bench.CollectedAsync(spec);
        (reply.Layers, reply.Examples, reply.Passes).ShouldBe((3, spec.Examples, 3));

        using var solution = SolutionFile.Open(await _bench.Artifacts.FetchAsync(reply.Solution!, Stop));

        (await PruneAsync(spec, "sparsegpt", reply.Statistics, solution)).ShouldBe(await PruneAsync(spec, "sparsegpt", reply.Statistics));
    }

    [Fact]
    public async Task Where_nothing_is_solved_on_the_way_there_is_no_solution()
    {
        var spec = await SpecAsync("wanda");

        var reply = await _bench.CollectedAsync(spec);

        (reply.Layers, reply.Passes, reply.Solution).ShouldBe((3, 1, null));
        (await _bench.CollectedAsync(spec with { Sequential = new() { Rule = new() { Method = MethodSpec.Of("wanda"), Sparsity = Sparsity } } })).Solution.ShouldBeNull();
    }

    [Fact]
    public async Task Layers_that_were_cut_before_stay_within_their_mask()
    {
        var spec = await SpecAsync("wanda");
        var first = await _bench.Artifacts.FetchAsync(await _bench.CollectAsync(spec), Stop);
        using var statistics = StatisticsFile.Open(first);
        using var source = StateDict.Open(await _bench.Artifacts.FetchAsync(spec.Checkpoint, Stop));
        PruneOperation.Run(source, new PruneRequest { Method = MethodSpec.Of("wanda"), Sparsity = 0.5, Statistics = statistics }, _bench.File("half"), _bench.File("mask"), Stop);
        var half = await _bench.Artifacts.StoreAsync(_bench.File("half"), ArtifactFormats.Safetensors, Stop);
        var mask = await _bench.Artifacts.StoreAsync(_bench.File("mask"), ArtifactFormats.Mask, Stop);

        // To the same sparsity under the same mask nothing is cut, so what comes in is what comes into the half network.
        var again = await _bench.CollectAsync(spec with { Checkpoint = half, Sequential = new() { Rule = new() { Method = MethodSpec.Of("wanda"), Sparsity = 0.5 }, Mask = mask } });

        again.ShouldBe(await _bench.CollectAsync(spec with { Checkpoint = half }));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<ArtifactRef> PruneAsync(CollectSpec spec, string pruner, ArtifactRef collected, SolutionFile? solution = null)
    {
        using var statistics = StatisticsFile.Open(await _bench.Artifacts.FetchAsync(collected, Stop));
        using var source = StateDict.Open(await _bench.Artifacts.FetchAsync(spec.Checkpoint, Stop));
        var request = new PruneRequest { Method = MethodSpec.Of(pruner), Sparsity = Sparsity, Statistics = statistics, Solution = solution };
        var file = _bench.File("pruned-" + collected.Digest);
        PruneOperation.Run(source, request, file, _bench.File("mask-" + collected.Digest), Stop);
        return await _bench.Artifacts.StoreAsync(file, ArtifactFormats.Safetensors, Stop);
    }

    /// <summary>What the last layer of a network says, but for its bias.</summary>
    private async Task<double[]> OutputsAsync(ArtifactRef checkpoint, LayerRows rows)
    {
        using var network = StateDict.Open(await _bench.Artifacts.FetchAsync(checkpoint, Stop));
        var weights = new double[network.Find(Last)!.Count];
        network.ReadDoubles(Last, 0, weights);
        return
        [
            .. from row in Enumerable.Range(0, rows.Examples.Length)
               from output in Enumerable.Range(0, weights.Length / rows.Inputs)
               select Enumerable.Range(0, rows.Inputs).Sum(i => weights[(output * rows.Inputs) + i] * rows.Numbers[(row * rows.Inputs) + i]),
        ];
    }

    private async Task<CollectSpec> SpecAsync(string pruner, long seed = 1)
    {
        var model = new ModelSpec { Name = "mlp", Options = new MethodOptions { ["hidden"] = JsonSerializer.SerializeToElement(new[] { 32, 24 }) } };
        var dense = await _bench.TrainAsync(JobBench.Dense with { Model = model, Seed = seed });
        return new CollectSpec
        {
            AlgorithmVersion = CollectSpec.CurrentVersion,
            Checkpoint = dense.Outputs![OutputNames.Checkpoint],
            Model = model,
            Data = JobBench.Dense.Data,
            Examples = 512,
            Seed = 1,
            Products = pruner == "sparsegpt",
        };
    }
}
