using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class AveragedTrainingTests : IDisposable
{
    private static readonly MethodSpec AllEpochs = MethodSpecs.Of("swa", ("start", 0.0));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_checkpoint_is_the_mean_of_what_the_plain_training_had_at_the_end_of_every_epoch()
    {
        var plain = new float[1024];
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec));
        while (!session.IsFinished)
        {
            session.RunEpoch(CancellationToken.None);
            session.SaveResumePoint(_folder.File("point"));
            foreach (var (i, weight) in Floats("point", "weights/layers.0.weight").Index())
                plain[i] += weight / 3;
        }

        Train(Trainings.Spec with { Averaging = AllEpochs }, "average");

        Floats("average", "layers.0.weight").ShouldBe(plain, 1e-6);
    }

    [Fact]
    public void The_report_says_what_was_averaged_and_how_far_it_is_from_the_end()
    {
        var report = Train(Trainings.Spec with { Averaging = AllEpochs }, "average").Averaging!;

        (report.Method, report.Members).ShouldBe(("swa", 3));
        report.Distance.ShouldBeInRange(0.001, 1);
        Train(Trainings.Spec, "plain").Averaging.ShouldBeNull();
    }

    [Fact]
    public void The_rates_that_were_used_are_reported()
    {
        var report = Train(Trainings.Spec with { Averaging = MethodSpecs.Of("swa", ("rate", 0.5)) }, "average");

        report.LearningRates.Skip(2 * report.IterationsPerEpoch).Distinct().ShouldHaveSingleItem().ShouldBe(0.05);
    }

    /// <summary>Statistics of the last weights would fit neither the average nor its members.</summary>
    [Fact]
    public void Statistics_that_are_not_measured_again_are_averaged_as_the_weights_are()
    {
        var spec = Trainings.Spec with { Model = ModelSpecs.MlpWithBatchNorm(16) };
        Train(spec, "plain");
        Train(spec with { Averaging = AllEpochs }, "average");
        Train(spec with { Averaging = AllEpochs, Recalibration = 0.5 }, "recalibrated");

        var means = new[] { "plain", "average", "recalibrated" }.Select(f => Floats(f, "norms.0.running_mean")[0]);

        means.ShouldBeUnique();
        Floats("average", "layers.0.weight").ShouldBe(Floats("recalibrated", "layers.0.weight"));
    }

    [Fact]
    public void A_mask_is_kept_exactly()
    {
        var bits = string.Concat(Enumerable.Range(0, 1024).Select(i => i % 3 == 0 ? '1' : '0'));
        var mask = Masks.Of(("layers.0.weight", [16, 64], bits));
        Trainings.Run(Trainings.Inputs(Trainings.Spec with { Averaging = MethodSpec.Of("ema") }, mask: mask), _folder.File("a"));

        Floats("a", "layers.0.weight").Select(BitConverter.SingleToInt32Bits).Index().Where(w => w.Index % 3 != 0).ShouldAllBe(w => w.Item == 0);
    }

    [Fact]
    public void An_unknown_average_is_refused() =>
        Should.Throw<DomainException>(() => Train(Trainings.Spec with { Averaging = MethodSpec.Of("median") }, "a"))
            .Failure.Code.ShouldBe(FailureCodes.UnknownMethod);

    private TrainReport Train(TrainSpec spec, string name) => Trainings.Run(Trainings.Inputs(spec), _folder.File(name)).Report;

    private float[] Floats(string file, string tensor)
    {
        using var state = StateDict.Open(_folder.File(file));
        return [.. state.Floats(tensor, 0, (int)state.Find(tensor)!.Count)];
    }
}
