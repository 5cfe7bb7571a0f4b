using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Loop.Transforms;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class SppTransformTests : IDisposable
{
    private static readonly TrainSpec Spec = Trainings.Spec with { Transform = MethodSpecs.Of("spp", ("rows", 4)), PeakLearningRate = 0.5 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>W = diag(1, 2), one row A = (.5, 1), b = (.2, .1): factors ((.1, .2), (.05, .1)).</summary>
    [Fact]
    public void The_effective_weight_is_the_one_worked_out_by_hand()
    {
        using var scope = torch.NewDisposeScope();
        SppTransform.Effective(torch.tensor(new[] { 1f, 0, 0, 2 }, [2, 2]), torch.tensor(new[] { 0.5f, 1 }, [1, 2]), torch.tensor(new[] { 0.2f, 0.1f }, [2, 1]), 1)
            .data<float>().ToArray().ShouldBe([1.1f, 0, 0, 2.2f], 1e-6);
    }

    [Fact]
    public void The_merged_weights_have_exactly_the_zeros_of_the_mask_and_the_others_are_scaled()
    {
        Trainings.Run(HookCases.Inputs(Trainings.Spec with { Epochs = 1 }), _folder.File("start"));
        var report = Trainings.Run(HookCases.Inputs(Spec) with { Checkpoint = _folder.File("start") }, _folder.File("a")).Report.Transform!;

        (report.Name, report.Replaced, report.Trained).ShouldBe(("spp", 16 * 64 + 10 * 16, (4 * 64 + 16 + 16) + (4 * 16 + 10 + 10)));
        var (before, after) = (Floats("start"), Floats("a"));
        for (var i = 0; i < after.Length; i++)
            if (!HookCases.Mask.Tensors[0].IsKept(i))
                BitConverter.SingleToInt32Bits(after[i]).ShouldBe(0);
        after.Zip(before).Count(w => w.First != w.Second).ShouldBeGreaterThan(300, "kept weights were scaled");
    }

    [Fact]
    public void It_learns_and_interrupted_after_every_epoch_it_ends_in_the_same_bytes()
    {
        Trainings.Run(HookCases.Inputs(Trainings.Spec with { Epochs = 1 }), _folder.File("start"));
        var inputs = HookCases.Inputs(Spec) with { Checkpoint = _folder.File("start") };
        var whole = Trainings.Run(inputs, _folder.File("whole"));
        string? point = null;
        for (var epoch = 1; epoch <= 3; epoch++)
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

        File.ReadAllBytes(_folder.File("resumed")).ShouldBe(File.ReadAllBytes(_folder.File("whole")));
        whole.Report.Epochs[^1].TrainingLoss.ShouldBeLessThan(whole.Report.Epochs[0].TrainingLoss);
    }

    [Fact]
    public void A_hook_that_moves_the_mask_is_refused_beside_it() =>
        Should.Throw<DomainException>(() => new TrainingSession(HookCases.Inputs(Spec, HookCases.Busy("rigl")))).Failure.Reason
            .ShouldBe("The transform 'spp' keeps the zeros of the weights it starts from, and the hook 'rigl' moves them.");

    [Fact]
    public void A_hook_that_needs_the_weights_themselves_to_be_trained_is_refused_beside_it() =>
        Should.Throw<DomainException>(() => new TrainingSession(HookCases.Inputs(Spec, HookCases.Busy("hyper-sparse")))).Failure.Reason
            .ShouldBe("The transform 'spp' trains something in place of the prunable weights, and the hook 'hyper-sparse' needs these to be trained.");

    private float[] Floats(string file)
    {
        using var state = StateDict.Open(_folder.File(file));
        return state.Floats("layers.0.weight", 0, 1024).ToArray();
    }
}
