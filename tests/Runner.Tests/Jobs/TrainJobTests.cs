using System.Text.Json;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.TestKit;

namespace SparsePipeline.Runner.Tests.Jobs;

public sealed class TrainJobTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_finished_training_stores_checkpoint_and_report_and_names_its_metrics()
    {
        var reply = await _bench.TrainAsync(JobBench.Dense);

        reply.ResumePoint.ShouldBeNull();
        reply.Outputs!.Keys.ShouldBe([OutputNames.Checkpoint, OutputNames.Curve, OutputNames.Report]);
        reply.Metrics!.Keys.ShouldBe([MetricNames.Epochs, MetricNames.TrainingLoss, MetricNames.ValidationAccuracy, MetricNames.ValidationLoss], ignoreOrder: true);
        var report = await ReadAsync<TrainReport>(reply.Outputs[OutputNames.Report]);
        report.Epochs.Count.ShouldBe(4);
        var curve = await ReadAsync<LearningCurve>(reply.Outputs[OutputNames.Curve]);
        curve.Points.Select(p => p.Epoch).ShouldBe([1, 2, 3, 4]);
        curve.Points[^1].Accuracy!.Value.ShouldBe(reply.Metrics[MetricNames.ValidationAccuracy], 1e-9, "nothing is averaged or recalibrated here");
    }

    [Theory]
    [InlineData(Precisions.Float32)]
    [InlineData(Precisions.Bfloat16)]
    public async Task A_training_cut_into_slices_of_one_epoch_ends_in_the_same_digests_as_one_in_one_piece(string precision)
    {
        var spec = JobBench.Dense with { Precision = precision };
        var whole = await _bench.TrainAsync(spec);
        var slices = 1;
        var reply = await _bench.TrainAsync(spec, budget: 0);
        for (; reply.ResumePoint is { } point; slices++)
            reply = await _bench.TrainAsync(spec, point, budget: 0);

        slices.ShouldBe(4);
        reply.Outputs!.OrderBy(o => o.Key).ShouldBe(whole.Outputs!.OrderBy(o => o.Key));
    }

    [Fact]
    public async Task Resume_points_are_reported_when_they_are_due_and_any_of_them_goes_on_to_the_same_end()
    {
        var progress = new ProgressList();
        var whole = await _bench.TrainAsync(JobBench.Dense, interval: 0, progress: progress);

        progress.Reports.Select(r => r.ResumePoint is not null).ShouldBe([true, true, true, false], "the last epoch has its outputs");
        progress.Reports.Select(r => r.Fraction).ShouldBe([0.25, 0.5, 0.75, 1]);
        progress.Reports[0].Message.ShouldStartWith("epoch 1/4, loss ");
        var resumed = await _bench.TrainAsync(JobBench.Dense, progress.Reports[1].ResumePoint);
        resumed.Outputs![OutputNames.Checkpoint].ShouldBe(whole.Outputs![OutputNames.Checkpoint]);
    }

    [Fact]
    public async Task Retraining_reads_checkpoint_mask_and_dense_report_from_the_store()
    {
        var dense = await _bench.TrainAsync(JobBench.Dense);
        var spec = JobBench.Dense with
        {
            Checkpoint = dense.Outputs![OutputNames.Checkpoint],
            DenseReport = dense.Outputs[OutputNames.Report],
            Mask = await StoreMaskAsync(),
            Schedule = MethodSpec.Of("LLR"),
            PeakLearningRate = null,
        };

        var reply = await _bench.TrainAsync(spec);
        var evaluation = await _bench.EvaluateAsync(reply.Outputs![OutputNames.Checkpoint]);

        var report = await ReadAsync<EvaluationReport>(evaluation.Report);
        (report.DenseFlops - report.SparseFlops).ShouldBe(512, "half of 16 × 64 weights are pruned");
        evaluation.Metrics[MetricNames.ShiftedAccuracy].ShouldBe(report.Shifts["writers"].Accuracy);
    }

    [Theory]
    [InlineData("rigl", "interval", 7)]
    [InlineData("sparse-momentum", "fraction", 0.4)]
    public async Task A_training_whose_mask_moves_stores_it_and_ends_in_the_same_digests_when_it_is_cut_into_slices(string name, string option, double value)
    {
        var options = new MethodOptions { ["sparsity"] = JsonSerializer.SerializeToElement(0.9), [option] = JsonSerializer.SerializeToElement(value) };
        var spec = JobBench.Dense with { Hooks = [new MethodSpec { Name = name, Options = options }] };
        var whole = await _bench.TrainAsync(spec);
        var reply = await _bench.TrainAsync(spec, budget: 0);
        while (reply.ResumePoint is { } point)
            reply = await _bench.TrainAsync(spec, point, budget: 0);

        reply.Outputs!.OrderBy(o => o.Key).ShouldBe(whole.Outputs!.OrderBy(o => o.Key));
        var mask = SparsityMask.Load(await _bench.Artifacts.FetchAsync(whole.Outputs![OutputNames.Mask], CancellationToken.None));
        (mask.Kept, whole.Metrics![MetricNames.Sparsity]).ShouldBe((118, mask.Sparsity), "1184 − round(0.9 · 1184)");
        reply.Metrics![MetricNames.HookSeconds + name].ShouldBeGreaterThan(0);
        (await ReadAsync<TrainReport>(whole.Outputs[OutputNames.Report])).Hooks!.ShouldHaveSingleItem().Figures["moves"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_sparse_autoencoder_of_stored_activations_ends_in_the_same_digests_when_it_is_cut_into_slices()
    {
        var spec = await AutoencoderAsync();
        var whole = await _bench.TrainAsync(spec);
        var slices = 1;
        var reply = await _bench.TrainAsync(spec, budget: 0);
        for (; reply.ResumePoint is { } point; slices++)
            reply = await _bench.TrainAsync(spec, point, budget: 0);

        slices.ShouldBe(spec.Epochs);
        reply.Outputs!.OrderBy(o => o.Key).ShouldBe(whole.Outputs!.OrderBy(o => o.Key));
    }

    [Fact]
    public async Task A_report_that_is_none_is_refused()
    {
        var dense = await _bench.TrainAsync(JobBench.Dense);
        var spec = JobBench.Dense with { Schedule = MethodSpec.Of("LLR"), PeakLearningRate = null, DenseReport = dense.Outputs![OutputNames.Checkpoint] };

        (await Should.ThrowAsync<DomainException>(() => _bench.TrainAsync(spec))).Failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
    }

    /// <summary>A training on what comes into the last layer of a small network: 32 latents, of which 4 are active.</summary>
    private async Task<TrainSpec> AutoencoderAsync()
    {
        var network = await _bench.TrainAsync(JobBench.Dense);
        var activations = await _bench.CollectAsync(new CollectSpec
        {
            AlgorithmVersion = CollectSpec.CurrentVersion,
            Checkpoint = network.Outputs![OutputNames.Checkpoint],
            Model = JobBench.Dense.Model,
            Data = JobBench.Dense.Data,
            Examples = 400,
            Seed = 1,
            Activations = new ActivationSample { Layers = ["layers.1.weight"], Rows = 400, TestRows = 100 },
        });
        return JobBench.Dense with
        {
            Model = new ModelSpec
            {
                Name = "topk-autoencoder",
                Options = new MethodOptions { ["expansion"] = JsonSerializer.SerializeToElement(2), ["active"] = JsonSerializer.SerializeToElement(4) },
            },
            Data = new DataSpec { Name = DataSpec.Activations, Stored = activations },
            Task = MethodSpec.Of("sparse-reconstruction"),
            Hooks = [MethodSpec.Of("unit-norm")],
            PeakLearningRate = 0.01,
        };
    }

    private async Task<ArtifactRef> StoreMaskAsync()
    {
        Masks.Of(("layers.0.weight", [16, 64], string.Concat(Enumerable.Repeat("01", 512)))).Save(_bench.File("mask"));
        return await _bench.Artifacts.StoreAsync(_bench.File("mask"), ArtifactFormats.Mask, CancellationToken.None);
    }

    private async Task<T> ReadAsync<T>(ArtifactRef artifact) =>
        JsonSerializer.Deserialize<T>(await File.ReadAllBytesAsync(await _bench.Artifacts.FetchAsync(artifact, CancellationToken.None)), ContractJson.Options)!;
}
