using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.TestKit;

namespace SparsePipeline.Souper.Tests;

public sealed class SoupStepHandlerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services;
    private readonly IArtifactStore _store;
    private readonly IRunnerPool _runners = Substitute.For<IRunnerPool>();
    private readonly List<ScoreRequest> _scored = [];

    public SoupStepHandlerTests()
    {
        _services = TestStore.In(_folder.File("store"));
        _store = _services.GetRequiredService<IArtifactStore>();
        _runners.RunAsync<ScoreRequest, ScoreReply>(default!, default!, default, Stop).ReturnsForAnyArgs(call =>
        {
            _scored.Add(call.Arg<ScoreRequest>());
            return new ScoreReply(new SplitReport { Examples = 4, Accuracy = 0.75, Loss = 0.5 });
        });
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Two_candidates_are_averaged_and_scored_in_a_runner()
    {
        var outcome = await ComputeAsync(await SpecAsync("uniform"));

        using var soup = StateDict.Open(await _store.FetchAsync(outcome.Outputs![OutputNames.Checkpoint], Stop));
        soup.Floats("fc.weight", 0, 4).ToArray().ShouldBe([2, 0, 3, 0]);
        outcome.Metrics[MetricNames.ValidationAccuracy].ShouldBe(0.75);
        _scored.ShouldContain(s => s.RecalibratedCheckpoint != null && s.Recalibration == 0.2);
    }

    [Fact]
    public async Task A_soup_that_measures_from_an_anchor_is_given_it_and_reports_every_tensor()
    {
        // Both members lie in one direction from the anchor, so the mean is taken whole.
        var spec = await SpecAsync("model-stock") with { Anchor = await StoreAsync(-1, 0, 0, 0) };

        var outcome = await ComputeAsync(spec);

        using var soup = StateDict.Open(await _store.FetchAsync(outcome.Outputs![OutputNames.Checkpoint], Stop));
        soup.Floats("fc.weight", 0, 4).ToArray().ShouldBe([2, 0, 3, 0]);
        (await File.ReadAllTextAsync(await _store.FetchAsync(outcome.Outputs[OutputNames.Report], Stop), Stop)).ShouldContain("\"merged\"");
    }

    [Fact]
    public async Task A_partial_soup_says_in_its_report_how_many_candidates_are_missing()
    {
        var whole = await SpecAsync("uniform");

        var outcome = await ComputeAsync(whole with { Candidates = [whole.Candidates[0]], Expected = 3 });

        var report = await File.ReadAllTextAsync(await _store.FetchAsync(outcome.Outputs![OutputNames.Report], Stop), Stop);
        report.ShouldContain("1 of 3 candidates arrived");
    }

    [Fact]
    public async Task Candidates_with_masks_of_their_own_give_a_soup_with_a_mask_of_its_own()
    {
        var spec = Spec("uniform") with
        {
            Candidates = [new(await StoreAsync(4, 0, 2, 0), 0.7, await StoreMaskAsync("10 10")), new(await StoreAsync(0, 6, 4, 0), 0.8, await StoreMaskAsync("01 10"))],
            MaskPolicy = "re-prune",
            Recut = new CutRule { Method = MethodSpec.Of("global-magnitude"), Sparsity = 0.75 },
        };

        var outcome = await ComputeAsync(spec);

        using var soup = StateDict.Open(await _store.FetchAsync(outcome.Outputs![OutputNames.Checkpoint], Stop));
        soup.Floats("fc.weight", 0, 4).ToArray().ShouldBe([0, 3, 0, 0]);
        SparsityMask.Load(await _store.FetchAsync(outcome.Outputs[OutputNames.Mask], Stop)).Kept.ShouldBe(1);
        outcome.Metrics[MetricNames.Sparsity].ShouldBe(0.75);
    }

    [Fact]
    public async Task Candidates_that_break_the_mask_are_refused()
    {
        var spec = await SpecAsync("uniform") with { Mask = await StoreMaskAsync("10 00") };

        (await Should.ThrowAsync<DomainException>(() => ComputeAsync(spec))).Failure.Code.ShouldBe(FailureCodes.MaskMismatch);
    }

    [Fact]
    public async Task An_unknown_soup_is_refused_with_the_known_ones()
    {
        var refusal = await Should.ThrowAsync<DomainException>(() => ComputeAsync(Spec("bouillabaisse")));

        refusal.Failure.Code.ShouldBe(FailureCodes.UnknownMethod);
        refusal.Message.ShouldContain("uniform");
    }

    private async Task<SoupSpec> SpecAsync(string method) => Spec(method) with
    {
        Candidates = [new(await StoreAsync(1, 0, 2, 0), 0.7), new(await StoreAsync(3, 0, 4, 0), 0.8)],
        Mask = await StoreMaskAsync("10 10"),
    };

    private static SoupSpec Spec(string method) => new()
    {
        AlgorithmVersion = SoupSpec.CurrentVersion,
        Method = MethodSpec.Of(method),
        Candidates = [],
        Model = new ModelSpec { Name = "mlp" },
        Data = new DataSpec { Name = "digits" },
        Recalibration = 0.2,
    };

    private Task<ArtifactRef> StoreAsync(params float[] weights) =>
        _store.StoreAsync(new StateDictBuilder().Floats("fc.weight", [2, 2], weights).Save(_store.CreateTemporaryPath()), ArtifactFormats.Safetensors, Stop);

    private Task<ArtifactRef> StoreMaskAsync(string bits)
    {
        var file = _store.CreateTemporaryPath();
        Masks.Of(("fc.weight", [2, 2], bits)).Save(file);
        return _store.StoreAsync(file, ArtifactFormats.Mask, Stop);
    }

    private Task<StepOutcome> ComputeAsync(SoupSpec spec) =>
        new SoupStepHandler(_store, _runners, TimeProvider.System).ComputeAsync(spec, new StepSlice(null, Substitute.For<IProgress<RunnerProgress>>()), Stop);
}
