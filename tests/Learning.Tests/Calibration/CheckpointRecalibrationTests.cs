using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Calibration;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Calibration;

public sealed class CheckpointRecalibrationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TrainSpec _spec = Trainings.Spec with { Model = ModelSpecs.MlpWithBatchNorm(16), Epochs = 2, Recalibration = 0.5 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_score_is_the_one_that_training_reported()
    {
        var outcome = Trainings.Run(Trainings.Inputs(_spec), _folder.File("a"));

        var score = CheckpointRecalibration.Run(_folder.File("a"), _spec.Model, Trainings.Data, 42, share: 0.5, recalibrated: null);

        score.Accuracy.ShouldBe(outcome.Metrics[MetricNames.ValidationAccuracy]);
        score.Loss.ShouldBe(outcome.Metrics[MetricNames.ValidationLoss]);
    }

    [Fact]
    public void Recalibrating_a_recalibrated_checkpoint_changes_nothing()
    {
        Trainings.Run(Trainings.Inputs(_spec), _folder.File("a"));

        CheckpointRecalibration.Run(_folder.File("a"), _spec.Model, Trainings.Data, 42, share: 0.5, _folder.File("b"));

        File.ReadAllBytes(_folder.File("b")).ShouldBe(File.ReadAllBytes(_folder.File("a")));
    }

    [Fact]
    public void Trap_num_batches_tracked_is_a_count_again_after_a_merge_that_left_it_out()
    {
        Trainings.Run(Trainings.Inputs(_spec), _folder.File("a"));
        CopyFloats(_folder.File("a"), _folder.File("merged"));

        CheckpointRecalibration.Run(_folder.File("merged"), _spec.Model, Trainings.Data, 42, share: 0.5, _folder.File("b"));

        using var state = StateDict.Open(_folder.File("b"));
        state.Find("norms.0.num_batches_tracked")!.Type.ShouldBe(TensorType.I64);
        BitConverter.ToInt64(state.Bytes("norms.0.num_batches_tracked", 0, 8)).ShouldBe(6, "half of 822 examples are six batches of 64");
    }

    private static void CopyFloats(string from, string to)
    {
        using var state = StateDict.Open(from);
        var floats = state.Tensors.Where(t => t.IsFloat).ToList();
        using var writer = StateDictWriter.Create(to, floats);
        foreach (var tensor in floats)
            writer.WriteFloats(tensor.Name, 0, state.Floats(tensor.Name, 0, (int)tensor.Count));
        writer.Complete();
    }
}
