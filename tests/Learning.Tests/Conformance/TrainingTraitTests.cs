using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Averaging;
using SparsePipeline.Learning.Loop.Hooks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.Learning.Schedules.Retraining;
using SparsePipeline.Learning.Tests.Loop;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Conformance;

/// <summary>What methods of training say of themselves is what they do: planner and rules believe it.</summary>
public sealed class TrainingTraitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Retrainings => [.. RetrainingSchedules.Registry.Infos.Select(i => i.Name)];

    public static TheoryData<string> Optimisers => [.. Optimizers.Registry.Infos.Select(i => i.Name)];

    public static TheoryData<string> Averages => [.. Averagings.Registry.Infos.Select(i => i.Name)];

    public static TheoryData<string> Hooks => [.. TrainingHooks.Registry.Infos.Select(i => i.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Retrainings))]
    public void The_peak_of_a_schedule_can_be_set_exactly_when_another_peak_gives_other_rates(string name)
    {
        var (without, with) = (Rates(name, Context(name)), Rates(name, Context(name) with { Peak = 0.37 }));

        (!without.SequenceEqual(with)).ShouldBe(Info(name).Traits.HasFlag(MethodTraits.PeakCanBeSet));
    }

    [Theory]
    [MemberData(nameof(Retrainings))]
    public void A_schedule_needs_measures_of_the_cut_exactly_when_another_cut_gives_other_rates(string name)
    {
        var (little, much) = (Rates(name, Context(name)), Rates(name, Context(name) with { NormDrop = 0.9, PrunedFraction = 0.9 }));

        (!little.SequenceEqual(much)).ShouldBe(Info(name).Needs.HasFlag(MethodNeeds.CutMeasures));
    }

    [Theory]
    [MemberData(nameof(Retrainings))]
    public void A_schedule_needs_the_dense_epochs_exactly_when_it_cannot_be_longer_than_they_were(string name)
    {
        var longer = Context(name) with { Iterations = 11, Epochs = 6 };

        Refuses(() => Rates(name, longer)).ShouldBe(Info(name).Needs.HasFlag(MethodNeeds.DenseEpochs));
    }

    [Theory]
    [MemberData(nameof(Optimisers))]
    public void An_optimiser_reads_the_momentum_exactly_when_another_one_ends_elsewhere(string name)
    {
        var spec = Trainings.Spec with { Epochs = 1, Optimizer = MethodSpec.Of(name), PeakLearningRate = 0.01 };

        var differs = !Bytes(spec with { Momentum = 0.9 }).SequenceEqual(Bytes(spec with { Momentum = 0.5 }));

        differs.ShouldBe(Optimizers.Registry.Find(name).Info.Traits.HasFlag(MethodTraits.ReadsMomentum));
    }

    [Theory]
    [MemberData(nameof(Averages))]
    public void An_average_needs_several_epochs_exactly_when_one_epoch_has_none(string name)
    {
        var spec = Trainings.Spec with { Epochs = 1 };

        var hasNone = false;
        hasNone = Refuses(() => hasNone = Bytes(spec with { Averaging = MethodSpec.Of(name) }).SequenceEqual(Bytes(spec))) || hasNone;

        hasNone.ShouldBe(Averagings.Registry.Find(name).Info.Needs.HasFlag(MethodNeeds.SeveralEpochs));
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_hook_moves_the_mask_exactly_when_the_training_ends_with_one_of_its_own(string name)
    {
        var outcome = Trainings.Run(HookCases.Inputs(HookCases.Busy(name)), _folder.File("a"));

        (outcome.Mask is { } mask && mask.Digest != HookCases.Mask.Digest).ShouldBe(TrainingHooks.Registry.Find(name).Info.Needs.HasFlag(MethodNeeds.MovesMask));
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_hook_moves_weights_between_layers_exactly_when_layers_do_not_keep_their_number(string name)
    {
        var info = TrainingHooks.Registry.Find(name).Info;
        var start = Masks.Of(("layers.0.weight", [16, 64], Every(4, 1024)), ("layers.1.weight", [10, 16], Every(2, 160)));

        var outcome = Trainings.Run(Trainings.Inputs(Trainings.Spec with { Hooks = [HookCases.Busy(name)] }, mask: start), _folder.File("a"));

        (outcome.Mask is { } mask && !mask.Tensors.Select(t => t.Kept).SequenceEqual(start.Tensors.Select(t => t.Kept))).ShouldBe(info.Traits.HasFlag(MethodTraits.MovesBetweenLayers));
    }

    private static string Every(int n, int count) => string.Concat(Enumerable.Range(0, count).Select(i => i % n == 0 ? '1' : '0'));

    private static MethodInfo Info(string schedule) => RetrainingSchedules.Registry.Find(schedule).Info;

    private static IReadOnlyList<double> Rates(string schedule, RetrainingContext context) => RetrainingSchedules.Registry.Find(schedule).Plan(context).Rates;

    private static RetrainingContext Context(string schedule) => new()
    {
        Schedule = schedule,
        Iterations = 4,
        Epochs = 2,
        Pretraining = new TrainReport { LearningRates = [0.001, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], IterationsPerEpoch = 2, WarmupIterations = 1, Epochs = [] },
        NormDrop = 0.1,
        PrunedFraction = 0.5,
    };

    private static bool Refuses(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (DomainException)
        {
            return true;
        }
    }

    private byte[] Bytes(TrainSpec spec)
    {
        Trainings.Run(Trainings.Inputs(spec), _folder.File("trained"));
        return File.ReadAllBytes(_folder.File("trained"));
    }
}
