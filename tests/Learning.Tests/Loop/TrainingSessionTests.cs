using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Loop;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class TrainingSessionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_learns_the_digits()
    {
        var outcome = Trainings.Run(Trainings.Inputs(Trainings.Spec with { Epochs = 10, BatchSize = 32 }), _folder.File("a"));

        outcome.Metrics[MetricNames.ValidationAccuracy].ShouldBeGreaterThan(0.85);
        outcome.Report.Epochs[^1].TrainingLoss.ShouldBeLessThan(outcome.Report.Epochs[0].TrainingLoss / 3);
    }

    [Fact]
    public void The_report_logs_every_rate_and_epoch()
    {
        var spec = Trainings.Spec with { BatchSize = 100 };
        var outcome = Trainings.Run(Trainings.Inputs(spec), _folder.File("a"));

        outcome.Report.IterationsPerEpoch.ShouldBe(9, "822 examples in batches of 100");
        outcome.Report.LearningRates.Count.ShouldBe(27);
        outcome.Report.Epochs.Select(e => e.Epoch).ShouldBe([1, 2, 3]);
        outcome.Metrics.Keys.ShouldBe([MetricNames.Epochs, MetricNames.TrainingLoss, MetricNames.ValidationAccuracy, MetricNames.ValidationLoss]);
        outcome.Metrics[MetricNames.TrainingLoss].ShouldBe(outcome.Report.Epochs[^1].TrainingLoss);
    }

    [Fact]
    public void The_validation_split_is_measured_after_every_epoch()
    {
        var outcome = Trainings.Run(Trainings.Inputs(Trainings.Spec), _folder.File("a"));

        outcome.Curve.Points.Select(p => p.Epoch).ShouldBe([1, 2, 3]);
        outcome.Curve.Points[^1].Accuracy!.Value.ShouldBe(outcome.Metrics[MetricNames.ValidationAccuracy], 1e-9);
        outcome.Curve.Points[^1].Loss!.Value.ShouldBe(outcome.Metrics[MetricNames.ValidationLoss], 1e-5);
        outcome.Curve.Points.Select(p => p.Loss!.Value).ShouldBeInOrder(Shouldly.SortDirection.Descending);
    }

    [Fact]
    public void A_validation_split_that_is_large_beside_the_training_is_measured_in_part()
    {
        var spec = Trainings.Spec with { Data = Trainings.Spec.Data with { Limit = 160, Validation = 0.2 } };

        Trainings.Run(Trainings.Inputs(spec) with { Data = DataSets.Load(spec.Data) }, _folder.File("a")).Curve.Examples.ShouldBe(64);
    }

    [Fact]
    public void No_epoch_writes_the_weights_that_a_training_would_start_from()
    {
        var initial = Trainings.Run(Trainings.Inputs(Trainings.Spec with { Epochs = 0, PeakLearningRate = null }), _folder.File("initial"));
        var direct = Trainings.Run(Trainings.Inputs(Trainings.Spec), _folder.File("direct"));

        var from = Trainings.Run(Trainings.Inputs(Trainings.Spec) with { Checkpoint = _folder.File("initial") }, _folder.File("from"));

        (initial.Report.Epochs.Count, initial.Report.LearningRates.Count, initial.Metrics[MetricNames.Epochs]).ShouldBe((0, 0, 0));
        initial.Metrics.Keys.ShouldNotContain(MetricNames.TrainingLoss);
        File.ReadAllBytes(_folder.File("from")).ShouldBe(File.ReadAllBytes(_folder.File("direct")), "it is the same training");
        from.Metrics.ShouldBe(direct.Metrics);
    }

    [Fact]
    public void A_diverged_training_is_a_failure_with_a_remedy()
    {
        var inputs = Trainings.Inputs(Trainings.Spec with { PeakLearningRate = 1e10 });

        var failure = Should.Throw<DomainException>(() => Trainings.Run(inputs, _folder.File("a"))).Failure;

        failure.Code.ShouldBe(FailureCodes.Diverged);
        failure.Remedy.ShouldContain("learning rate");
    }

    [Fact]
    public void A_checkpoint_of_another_shape_names_tensor_expectation_and_finding()
    {
        Trainings.Run(Trainings.Inputs(Trainings.Spec with { Epochs = 1 }), _folder.File("small"));

        var failure = Should.Throw<DomainException>(
            () => new TrainingSession(Trainings.Inputs(Trainings.Spec with { Model = ModelSpecs.Mlp(32) }, _folder.File("small")))).Failure;

        failure.Code.ShouldBe(FailureCodes.ShapeMismatch);
        failure.Reason.ShouldContain("'layers.0.weight' should be [32, 64] and is [16, 64]");
        failure.Reason.ShouldContain("'layers.1.weight' should be [10, 32] and is [10, 16]");
    }

    [Fact]
    public void A_checkpoint_with_NaN_is_refused()
    {
        var file = new StateDictBuilder()
            .Floats("layers.0.weight", [1, 64], [float.NaN, .. new float[63]]).Floats("layers.0.bias", [1], 0)
            .Floats("layers.1.weight", [10, 1], new float[10]).Floats("layers.1.bias", [10], new float[10])
            .Save(_folder.File("nan"));

        Should.Throw<DomainException>(() => new TrainingSession(Trainings.Inputs(Trainings.Spec with { Model = ModelSpecs.Mlp(1) }, file)))
            .Failure.Code.ShouldBe(FailureCodes.NotFinite);
    }

    [Fact]
    public void A_mask_of_another_model_is_refused() =>
        Should.Throw<DomainException>(() => new TrainingSession(Trainings.Inputs(Trainings.Spec, mask: Masks.Of(("fc.weight", [1, 2], "10")))))
            .Failure.Reason.ShouldContain("'fc.weight' [1, 2]");

    [Fact]
    public void All_numbers_out_of_range_are_reported_at_once()
    {
        var spec = Trainings.Spec with
        {
            Epochs = -1,
            BatchSize = 0,
            Momentum = 1,
            WeightDecay = -1,
            PeakLearningRate = 0,
            Recalibration = 2,
            ClipNorm = 0,
            LabelSmoothing = 1,
            Mixup = -1,
            Precision = "half",
        };

        var reason = Should.Throw<DomainException>(() => new TrainingSession(Trainings.Inputs(spec))).Failure.Reason;

        foreach (var field in new[]
        {
            "epochs -1", "batchSize 0", "momentum 1", "weightDecay -1", "peakLearningRate 0", "recalibration 2", "clipNorm 0", "labelSmoothing 1", "mixup -1",
            "precision 'half'",
        })
            reason.ShouldContain(field);
    }

    [Fact]
    public void A_cancelled_training_stops_between_two_updates()
    {
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec));

        Should.Throw<OperationCanceledException>(() => session.RunEpoch(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_damaged_resume_point_is_refused()
    {
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec));
        session.SaveResumePoint(_folder.File("point"));
        File.WriteAllBytes(_folder.File("cut"), File.ReadAllBytes(_folder.File("point"))[..^1]);

        Should.Throw<DomainException>(() => session.Resume(_folder.File("cut"))).Failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
    }

    [Fact]
    public void The_checkpoint_has_the_tensor_names_of_PyTorch()
    {
        Trainings.Run(Trainings.Inputs(Trainings.Spec with { Model = ModelSpecs.MlpWithBatchNorm(16), Epochs = 1 }), _folder.File("a"));

        using var state = StateDict.Open(_folder.File("a"));
        state.Tensors.Select(t => t.ToString()).ShouldBe(
        [
            "layers.0.bias F32 [16]", "layers.0.weight F32 [16, 64]", "layers.1.bias F32 [10]", "layers.1.weight F32 [10, 16]",
            "norms.0.bias F32 [16]", "norms.0.num_batches_tracked I64 []", "norms.0.running_mean F32 [16]",
            "norms.0.running_var F32 [16]", "norms.0.weight F32 [16]",
        ]);
    }
}
