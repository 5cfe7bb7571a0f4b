using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.TestKit;

namespace SparsePipeline.Pruner.Tests;

public sealed class PruneStepHandlerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly IArtifactStore _store;

    public PruneStepHandlerTests()
    {
        _services = TestStore.In(_folder.File("store"));
        _store = _services.GetRequiredService<IArtifactStore>();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Half_of_four_weights_goes_and_the_bias_stays()
    {
        var outcome = await ComputeAsync(await SpecAsync(sparsity: 0.5));

        using var pruned = StateDict.Open(await _store.FetchAsync(outcome.Outputs![OutputNames.Checkpoint], Stop));
        pruned.Floats("fc.weight", 0, 4).ToArray().ShouldBe([0, -4, 3, 0]);
        pruned.Floats("fc.bias", 0, 2).ToArray().ShouldBe([0.1f, 0.2f]);
        SparsityMask.Load(await _store.FetchAsync(outcome.Outputs[OutputNames.Mask], Stop)).Kept.ShouldBe(2);
        outcome.Outputs.Keys.ShouldBe([OutputNames.Checkpoint, OutputNames.Mask, OutputNames.Report]);
    }

    [Fact]
    public async Task Metrics_say_what_was_cut()
    {
        var outcome = await ComputeAsync(await SpecAsync(sparsity: 0.5));

        outcome.Metrics[MetricNames.Sparsity].ShouldBe(0.5);
        outcome.Metrics[MetricNames.GlobalSparsity].ShouldBe(2 / 6.0, 1e-12);
        outcome.Metrics[MetricNames.PrunedFraction].ShouldBe(0.5);
        // Squares: 1 + 16 + 9 + 4 and two biases, of which 1 + 4 are lost.
        outcome.Metrics[MetricNames.NormDrop].ShouldBe(Math.Sqrt(5 / 30.05), 1e-6);
    }

    [Fact]
    public async Task Statistics_are_fetched_for_a_pruner_that_goes_by_them()
    {
        var file = _store.CreateTemporaryPath();
        StatisticsFile.Write(file, [new LayerStatistics("fc.weight", 1, [100, 1], [10000, 1], null)]);
        var statistics = await _store.StoreAsync(file, ArtifactFormats.Statistics, Stop);

        var outcome = await ComputeAsync(await SpecAsync(sparsity: 0.5) with
        {
            Method = new MethodSpec { Name = "wanda", Options = new MethodOptions { ["group"] = System.Text.Json.JsonSerializer.SerializeToElement("layer") } },
            Statistics = statistics,
        });

        // The first input is a hundred times as large, so the first column stays.
        SparsityMask.Load(await _store.FetchAsync(outcome.Outputs![OutputNames.Mask], Stop)).Find("fc.weight")!.Words[0].ShouldBe(0b0101UL);
    }

    [Fact]
    public async Task The_same_spec_gives_the_same_digests()
    {
        var spec = await SpecAsync(sparsity: 0.5);

        (await ComputeAsync(spec)).Outputs.ShouldBe((await ComputeAsync(spec)).Outputs);
    }

    [Fact]
    public async Task A_later_cut_keeps_what_the_mask_before_pruned()
    {
        var first = await ComputeAsync(await SpecAsync(sparsity: 0.25));

        var second = await ComputeAsync(await SpecAsync(sparsity: 0.5) with { Mask = first.Outputs![OutputNames.Mask] });

        var (before, after) = (await MaskAsync(first), await MaskAsync(second));
        after.Intersect(before).Digest.ShouldBe(after.Digest);
    }

    /// <summary>Of 4 3 2 1 and sixteen ones, four stay: by magnitude, by size, by 4 : 8 dimensions, by 1 .36 .14 .03 against 1 1/2 1/3 ….</summary>
    [Theory]
    [InlineData("global", 4, 0)]
    [InlineData("uniform", 1, 3)]
    [InlineData("erk", 1, 3)]
    [InlineData("lamp", 2, 2)]
    public async Task Every_allocation_spreads_the_same_number_of_weights_in_its_own_way(string allocation, long first, long second)
    {
        var file = new StateDictBuilder()
            .Floats("a.weight", [2, 2], 1, -4, 3, 2).Floats("b.weight", [4, 4], [.. Enumerable.Repeat(1f, 16)]).Save(_store.CreateTemporaryPath());
        var spec = await SpecAsync(sparsity: 0.8) with { Checkpoint = await _store.StoreAsync(file, ArtifactFormats.Safetensors, Stop), Allocation = allocation };

        var mask = await MaskAsync(await ComputeAsync(spec));

        mask.Tensors.Select(t => t.Kept).ShouldBe([first, second]);
    }

    /// <summary>By its name <c>head.weight</c> would be pruned.</summary>
    [Fact]
    public async Task A_script_says_by_the_classes_of_its_layers_what_is_pruned_and_patterns_say_otherwise()
    {
        var script = ExampleScript.WithClass(_folder.File("embedding.pt"), "Linear", "EmbeddingBag", ExampleScript.TextFile);
        var file = new StateDictBuilder().Floats("head.weight", [2, 2], 1, 2, 3, 4).Floats("conv1.weight", [1, 2, 2], 5, 6, 7, 8).Save(_store.CreateTemporaryPath());
        var spec = await SpecAsync(sparsity: 0.5) with
        {
            Checkpoint = await _store.StoreAsync(file, ArtifactFormats.Safetensors, Stop),
            Script = await _store.StoreAsync(script, ArtifactFormats.TorchScript, Stop),
        };

        (await MaskAsync(await ComputeAsync(spec))).Tensors.Select(t => (t.Name, t.Kept)).ShouldBe([("conv1.weight", 2)]);
        var layers = new Dictionary<string, double> { ["head.*"] = 0.25 };
        (await MaskAsync(await ComputeAsync(spec with { Include = ["head.*"], Layers = layers }))).Tensors.Select(t => (t.Name, t.Kept))
            .ShouldBe([("conv1.weight", 2), ("head.weight", 3)]);
        (await Should.ThrowAsync<DomainException>(() => ComputeAsync(spec with { Exclude = ["hed.*"] }))).Failure.Remedy.ShouldBe("Did you mean 'head.weight'?");
    }

    [Fact]
    public async Task A_checkpoint_that_is_not_there_is_a_refusal()
    {
        var spec = await SpecAsync(sparsity: 0.5) with { Checkpoint = new(new string('0', 64), 1, ArtifactFormats.Safetensors) };

        (await Should.ThrowAsync<DomainException>(() => ComputeAsync(spec))).Failure.Code.ShouldBe(FailureCodes.MissingArtifact);
    }

    private async Task<SparsityMask> MaskAsync(StepOutcome outcome) => SparsityMask.Load(await _store.FetchAsync(outcome.Outputs![OutputNames.Mask], Stop));

    private async Task<PruneSpec> SpecAsync(double sparsity)
    {
        var file = new StateDictBuilder().Floats("fc.weight", [2, 2], 1, -4, 3, 2).Floats("fc.bias", [2], 0.1f, 0.2f).Save(_store.CreateTemporaryPath());
        return new PruneSpec
        {
            AlgorithmVersion = PruneSpec.CurrentVersion,
            Checkpoint = await _store.StoreAsync(file, ArtifactFormats.Safetensors, Stop),
            Method = MethodSpec.Of("global-magnitude"),
            Sparsity = sparsity,
        };
    }

    private Task<StepOutcome> ComputeAsync(PruneSpec spec) =>
        new PruneStepHandler(_store, TimeProvider.System).ComputeAsync(spec, new StepSlice(null, Substitute.For<IProgress<RunnerProgress>>()), Stop);
}
