using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Models;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class RepeatabilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Networks => ["mlp", "batch-norm", "resnet", "swa", "ema", "adamw", "mixup", "bfloat16"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_same_training_twice_ends_in_the_same_bytes(string network)
    {
        Assert.SkipUnless(network != "bfloat16" || Autocast.CanConvolve, "this processor cannot train convolutions in bfloat16");
        var spec = Spec(network);

        Train(spec, "a").ShouldBe(Train(spec, "b"));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_training_interrupted_after_every_epoch_ends_in_the_same_bytes_as_an_undisturbed_one(string network)
    {
        Assert.SkipUnless(network != "bfloat16" || Autocast.CanConvolve, "this processor cannot train convolutions in bfloat16");
        var spec = Spec(network);
        string? point = null;
        for (var epoch = 1; epoch <= spec.Epochs; epoch++)
            point = TrainOneEpochAndSave(spec, point, _folder.File($"epoch-{epoch}"));
        using var session = new TrainingSession(Trainings.Inputs(spec));
        session.Resume(point!);
        session.IsFinished.ShouldBeTrue();
        session.Finish(_folder.File("resumed"));

        File.ReadAllBytes(_folder.File("resumed")).ShouldBe(Train(spec, "undisturbed"));
    }

    [Fact]
    public void Equal_states_give_equal_resume_points()
    {
        TrainOneEpochAndSave(Trainings.Spec, null, _folder.File("a"));
        TrainOneEpochAndSave(Trainings.Spec, null, _folder.File("b"));

        File.ReadAllBytes(_folder.File("a")).ShouldBe(File.ReadAllBytes(_folder.File("b")));
    }

    [Fact]
    public void Another_seed_ends_elsewhere() =>
        Train(Trainings.Spec, "a").ShouldNotBe(Train(Trainings.Spec with { Seed = 8 }, "b"));

    [Fact]
    public void The_shared_generator_of_the_library_has_no_influence()
    {
        torch.manual_seed(1);
        var first = Train(Trainings.Spec, "a");
        torch.manual_seed(2);

        Train(Trainings.Spec, "b").ShouldBe(first);
    }

    [Fact]
    public void Two_trainings_at_the_same_time_do_not_disturb_each_other()
    {
        var alone = Train(Trainings.Spec, "alone");

        Parallel.For(0, 2, i => Train(Trainings.Spec, $"together-{i}").ShouldBe(alone));
    }

    [Fact]
    public void A_resume_point_of_another_step_is_refused()
    {
        var point = TrainOneEpochAndSave(Trainings.Spec, null, _folder.File("point"));
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec with { Seed = 8 }));

        Should.Throw<DomainException>(() => session.Resume(point)).Failure.Code.ShouldBe(FailureCodes.CorruptArtifact);
    }

    [Fact]
    public void A_resume_point_without_what_was_measured_is_refused()
    {
        var point = TrainOneEpochAndSave(Trainings.Spec, null, _folder.File("point"));
        var bytes = File.ReadAllBytes(point);
        "\"validatiom\""u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("\"validation\""u8)));
        File.WriteAllBytes(point, bytes);
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec));

        Should.Throw<DomainException>(() => session.Resume(point)).Failure.Reason.ShouldContain("has no list of validation");
    }

    private static TrainSpec Spec(string network) => network switch
    {
        "mlp" => Trainings.Spec,
        "batch-norm" => Trainings.Spec with { Model = ModelSpecs.MlpWithBatchNorm(16), Recalibration = 0.5 },
        "swa" => Trainings.Spec with { Averaging = MethodSpecs.Of("swa", ("start", 0.4), ("rate", 0.5)) },
        "adamw" => Trainings.Spec with { Optimizer = MethodSpec.Of("adamw"), PeakLearningRate = 0.01, WeightDecay = 0.1, ClipNorm = 0.5 },
        "mixup" => Trainings.Spec with { Data = Trainings.Digits with { Augmentation = "crop-flip" }, Mixup = 0.2, LabelSmoothing = 0.1 },
        "ema" => Trainings.Spec with { Model = ModelSpecs.MlpWithBatchNorm(16), Averaging = MethodSpec.Of("ema") },
        "bfloat16" => Trainings.Spec with { Model = ModelSpecs.ResNet20(2), Epochs = 2, Precision = Precisions.Bfloat16, Averaging = MethodSpec.Of("ema") },
        _ => Trainings.Spec with { Model = ModelSpecs.ResNet20(2), Epochs = 2, Recalibration = 0.2 },
    };

    private byte[] Train(TrainSpec spec, string name)
    {
        var file = _folder.File(name);
        Trainings.Run(Trainings.Inputs(spec), file);
        return File.ReadAllBytes(file);
    }

    private static string TrainOneEpochAndSave(TrainSpec spec, string? resumeFrom, string path)
    {
        using var session = new TrainingSession(Trainings.Inputs(spec));
        if (resumeFrom is not null)
            session.Resume(resumeFrom);
        session.RunEpoch(CancellationToken.None);
        session.SaveResumePoint(path);
        return path;
    }
}
