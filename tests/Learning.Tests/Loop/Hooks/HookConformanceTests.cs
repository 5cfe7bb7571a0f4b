using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>What holds for every training hook.</summary>
public sealed class HookConformanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. TrainingHooks.Registry.Infos.Select(i => i.Name)];

    public static TheoryData<string> Movers => [.. TrainingHooks.Registry.Infos.Where(i => i.Needs.HasFlag(MethodNeeds.MovesMask)).Select(i => i.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hook_of_zero_strength_ends_in_the_same_bytes_as_no_hook(string name)
    {
        Trainings.Run(HookCases.Inputs(HookCases.Neutral(name)), _folder.File("neutral"));
        Trainings.Run(HookCases.Inputs(), _folder.File("none"));

        File.ReadAllBytes(_folder.File("neutral")).ShouldBe(File.ReadAllBytes(_folder.File("none")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hook_that_acts_ends_elsewhere(string name)
    {
        Trainings.Run(HookCases.Inputs(HookCases.Busy(name)), _folder.File("busy"));
        Trainings.Run(HookCases.Inputs(), _folder.File("none"));

        File.ReadAllBytes(_folder.File("busy")).ShouldNotBe(File.ReadAllBytes(_folder.File("none")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_interrupted_after_every_epoch_ends_in_the_same_bytes_and_the_same_report(string name)
    {
        foreach (var spec in new[] { Trainings.Spec, Trainings.Spec with { Optimizer = MethodSpec.Of("adamw"), PeakLearningRate = 0.01, ClipNorm = 0.5, Averaging = MethodSpec.Of("ema") } })
        {
            var inputs = HookCases.Inputs(spec, HookCases.Busy(name));
            var undisturbed = Trainings.Run(inputs, _folder.File("undisturbed"));
            string? point = null;
            for (var epoch = 1; epoch <= spec.Epochs; epoch++)
                point = TrainOneEpoch(inputs, point, _folder.File($"epoch-{epoch}"));
            using var session = new TrainingSession(inputs);
            session.Resume(point!);
            var resumed = session.Finish(_folder.File("resumed"));

            File.ReadAllBytes(_folder.File("resumed")).ShouldBe(File.ReadAllBytes(_folder.File("undisturbed")));
            CanonicalJson.Serialize(resumed.Report).ShouldBe(CanonicalJson.Serialize(undisturbed.Report));
            resumed.Mask?.Digest.ShouldBe(undisturbed.Mask!.Digest);
        }
    }

    [Theory]
    [MemberData(nameof(Movers))]
    public void A_mask_that_moves_keeps_its_number_of_weights_and_its_zeros_exactly(string name)
    {
        var spec = Trainings.Spec with { Averaging = MethodSpec.Of("ema"), WeightDecay = 0.01 };
        var outcome = Trainings.Run(HookCases.Inputs(spec, HookCases.Busy(name)), _folder.File("a"));

        outcome.Mask!.Kept.ShouldBe(HookCases.Mask.Kept);
        outcome.Mask.Digest.ShouldNotBe(HookCases.Mask.Digest);
        outcome.Metrics[MetricNames.Sparsity].ShouldBe(HookCases.Mask.Sparsity);
        using var state = StateDict.Open(_folder.File("a"));
        var weights = state.Floats("layers.0.weight", 0, 1024).ToArray();
        for (var i = 0; i < 1024; i++)
            if (!outcome.Mask.Tensors[0].IsKept(i))
                BitConverter.SingleToInt32Bits(weights[i]).ShouldBe(0);
        weights.Count(w => w != 0).ShouldBeGreaterThan(300, "kept weights are used");
    }

    [Theory]
    [MemberData(nameof(Movers))]
    public void From_scratch_the_number_of_weights_is_that_of_a_cut_to_the_same_sparsity(string name)
    {
        var hook = MethodSpecs.Of(name, [.. HookCases.Busy(name).Options?.Select(o => (o.Key, (object)o.Value)) ?? [], ("sparsity", 0.9)]);

        var outcome = Trainings.Run(Trainings.Inputs(Trainings.Spec with { Hooks = [hook] }), _folder.File("a"));

        outcome.Mask!.Tensors.Select(t => t.Name).ShouldBe(["layers.0.weight", "layers.1.weight"]);
        (outcome.Mask.Kept, outcome.Mask.Total).ShouldBe((118, 1184), "1184 − round(0.9 · 1184)");
    }

    [Theory]
    [MemberData(nameof(Movers))]
    public void Without_a_mask_and_a_sparsity_there_is_nothing_to_move_and_with_both_there_is_too_much(string name)
    {
        var none = Should.Throw<DomainException>(() => new TrainingSession(Trainings.Inputs(Trainings.Spec with { Hooks = [MethodSpec.Of(name)] }))).Failure;
        var both = Should.Throw<DomainException>(() => new TrainingSession(HookCases.Inputs(MethodSpecs.Of(name, ("sparsity", 0.5))))).Failure;

        none.Reason.ShouldBe($"The hook '{name}' has no mask to move: the training is given none, and sparsity is 0.");
        both.Reason.ShouldBe($"The hook '{name}' has sparsity 0.5, but the training has a mask already.");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_option_it_does_not_have_is_refused(string name) =>
        Should.Throw<DomainException>(() => new TrainingSession(HookCases.Inputs(MethodSpecs.Of(name, ("speed", 1))))).Failure.Reason.ShouldContain("'speed'");

    private static string TrainOneEpoch(TrainingInputs inputs, string? resumeFrom, string path)
    {
        using var session = new TrainingSession(inputs);
        if (resumeFrom is not null)
            session.Resume(resumeFrom);
        session.RunEpoch(CancellationToken.None);
        session.SaveResumePoint(path);
        return path;
    }
}
