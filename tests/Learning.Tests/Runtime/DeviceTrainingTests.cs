using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Runtime;
using SparsePipeline.Learning.Tests.Loop;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Runtime;

/// <summary>What a training does on a device, with the processor's memory in the place of the device's: nothing is read or written in place.</summary>
public sealed class DeviceTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DeviceTrainingTests() => HostMemory.Reach = new DistantMemory();

    public static TheoryData<string> Trained => ["mlp", "batch-norm", "adamw", "ema", "mixup", "rigl", "sparse-momentum", "hyper-sparse"];

    public void Dispose()
    {
        HostMemory.Reach = MemoryReach.OfProcessor;
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void A_training_ends_where_it_ends_on_the_processor_but_for_rounding(string training)
    {
        var onDevice = Train(training, "device");
        HostMemory.Reach = MemoryReach.OfProcessor;
        var onProcessor = Train(training, "processor");

        onDevice.Report.Epochs[^1].TrainingLoss.ShouldBe(onProcessor.Report.Epochs[^1].TrainingLoss, 0.02);
        (onDevice.Mask?.Kept).ShouldBe(onProcessor.Mask?.Kept);
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void Interrupted_after_every_epoch_it_ends_in_the_same_bytes(string training)
    {
        Train(training, "undisturbed");
        var inputs = Inputs(training);
        string? point = null;
        for (var epoch = 1; epoch <= inputs.Spec.Epochs; epoch++)
        {
            using var part = new TrainingSession(inputs);
            if (point is not null)
                part.Resume(point);
            part.RunEpoch(CancellationToken.None);
            part.SaveResumePoint(point = _folder.File($"epoch-{epoch}"));
        }

        using var session = new TrainingSession(inputs);
        session.Resume(point!);
        session.Finish(_folder.File("resumed"));

        File.ReadAllBytes(_folder.File("resumed")).ShouldBe(File.ReadAllBytes(_folder.File("undisturbed")));
    }

    [Fact]
    public void Pruned_weights_are_exactly_plus_zero()
    {
        Train("adamw", "a");

        using var state = StateDict.Open(_folder.File("a"));
        var bits = state.Floats("layers.0.weight", 0, 1024).ToArray().Select(BitConverter.SingleToInt32Bits).ToList();
        for (var i = 0; i < bits.Count; i++)
            if (!HookCases.Mask.Tensors[0].IsKept(i))
                bits[i].ShouldBe(0);
    }

    private static TrainingInputs Inputs(string training) => training switch
    {
        "batch-norm" => HookCases.Inputs(Trainings.Spec with { Model = ModelSpecs.MlpWithBatchNorm(16), Recalibration = 0.5 }),
        "adamw" => HookCases.Inputs(Trainings.Spec with { Optimizer = MethodSpec.Of("adamw"), PeakLearningRate = 0.01, WeightDecay = 0.1, ClipNorm = 0.5 }),
        "ema" => HookCases.Inputs(Trainings.Spec with { Averaging = MethodSpec.Of("ema") }),
        "mixup" => HookCases.Inputs(Trainings.Spec with { Mixup = 0.2, LabelSmoothing = 0.1 }),
        "mlp" => HookCases.Inputs(),
        _ => HookCases.Inputs(HookCases.Busy(training)),
    };

    private TrainingOutcome Train(string training, string name) => Trainings.Run(Inputs(training), _folder.File(name));
}
