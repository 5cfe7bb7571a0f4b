using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop;
using SparsePipeline.Learning.Loop.Hooks.Methods;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class RigLHookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Of the four kept weights half are dropped, .1 and −.2; of what is not kept then, the gradients 5 and 3 are the largest.</summary>
    [Fact]
    public void The_smallest_weights_are_dropped_and_as_many_grow_where_the_gradient_is_largest() =>
        Moved([0.9f, 0.1f, -0.2f, 0.5f, 0, 0, 0], [9, 1, 1, 9, -3, 0, 5], [1, 1, 1, 1, 0, 0, 0], 0.5).ShouldBe([1, 0, 0, 1, 1, 0, 1]);

    /// <summary>The weight that was dropped has the largest gradient of those not kept, so it grows again at once.</summary>
    [Fact]
    public void What_was_dropped_may_grow_again() => Moved([0.9f, 0.1f, 0], [0, 7, 1], [1, 1, 0], 0.5).ShouldBe([1, 1, 0]);

    [Fact]
    public void Among_equals_the_lower_index_stays_and_grows() => Moved([1, 1, 1, 1, 0, 0], [0, 0, 0, 0, 2, 2], [1, 1, 1, 1, 0, 0], 0.25).ShouldBe([1, 1, 1, 0, 1, 0]);

    /// <summary>As above, but the last weight is above the ceiling: its place goes to the first of the two that were dropped, whose gradients are alike.</summary>
    [Fact]
    public void Nothing_grows_above_the_ceiling() =>
        Moved([0.9f, 0.1f, -0.2f, 0.5f, 0, 0, 0], [9, 1, 1, 9, -3, 0, 5], [1, 1, 1, 1, 0, 0, 0], 0.5, [true, true, true, true, true, true, false]).ShouldBe([1, 1, 0, 1, 1, 0, 0]);

    /// <summary>The mask is a third of the first layer, the ceiling two thirds; without it the same training ends with weights in the last third.</summary>
    [Theory]
    [InlineData("rigl")]
    [InlineData("sparse-momentum")]
    public void A_training_under_a_ceiling_ends_within_it(string hook)
    {
        var ceiling = Masks.Of(("layers.0.weight", [16, 64], string.Concat(Enumerable.Range(0, 1024).Select(i => i % 3 == 2 ? '0' : '1'))));
        var inputs = HookCases.Inputs(HookCases.Busy(hook));

        var (free, bounded) = (Trainings.Run(inputs, _folder.File("free")).Mask!, Trainings.Run(inputs with { Ceiling = ceiling }, _folder.File("bounded")).Mask!);

        bounded.IsSubsetOf(ceiling).ShouldBeTrue();
        bounded.Kept.ShouldBe(free.Kept);
        bounded.Digest.ShouldNotBe(HookCases.Mask.Digest, "it has moved");
        free.IsSubsetOf(ceiling).ShouldBeFalse();
    }

    [Fact]
    public void A_mask_that_is_drawn_is_drawn_below_the_ceiling()
    {
        var ceiling = Masks.Of(
            ("layers.0.weight", [16, 64], string.Concat(Enumerable.Range(0, 1024).Select(i => i % 8 == 0 ? '1' : '0'))), ("layers.1.weight", [10, 16], new string('1', 160)));
        var hook = MethodSpecs.Of("rigl", ("sparsity", 0.9), ("spread", "uniform"));
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec with { Hooks = [hook] }) with { Ceiling = ceiling });

        var drawn = session.Updates.Masks.ToMask();

        drawn.IsSubsetOf(ceiling).ShouldBeTrue();
        drawn.Tensors.Select(t => t.Kept).ShouldBe([102, 16], "as without it");
        Should.Throw<DomainException>(() => new TrainingSession(Trainings.Inputs(Trainings.Spec with { Hooks = [MethodSpecs.Of("rigl", ("sparsity", 0.5))] }) with { Ceiling = ceiling }))
            .Failure.Reason.ShouldBe("A sparsity of 0.5 keeps 592 weights, and the ceiling has room for 288.");
    }

    [Fact]
    public void A_share_that_drops_no_weight_moves_nothing() => Moved([1, 0], [0, 1], [1, 0], 0.9).ShouldBeNull();

    /// <summary>39 updates in three epochs. Of 4, 8, … 28, before three quarters of them, the last would exchange half a weight of 342, which is none.</summary>
    [Fact]
    public void Moves_take_the_place_of_updates_until_the_share_is_reached()
    {
        var report = Trainings.Run(HookCases.Inputs(HookCases.Busy("rigl")), _folder.File("a")).Report.Hooks!.ShouldHaveSingleItem();

        (report.Name, report.Updates, report.ReplacedUpdates, report.Figures["moves"]).ShouldBe(("rigl", 39, 6, 6));
        report.Figures["grown"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_spread_of_a_drawn_mask_is_the_one_that_is_asked_for()
    {
        Kept("uniform").ShouldBe([102, 16], "a tenth of 1024 and of 160");
        Kept("erk").ShouldBe([89, 29], "in proportion to 16 + 64 and 10 + 16");
    }

    /// <summary>A move is due in the last update of every epoch, and the training is ended after one.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_another_hook_ends_the_training_all_that_is_kept_was_trained(bool first)
    {
        var spec = Trainings.Spec with { Epochs = 40, BatchSize = 32 };
        var updates = Trainings.Run(Trainings.Inputs(spec with { Epochs = 1 }), _folder.File("one")).Report.IterationsPerEpoch;
        var moving = MethodSpecs.Of("rigl", ("sparsity", 0.5), ("interval", updates), ("until", 1.0));
        var ending = MethodSpecs.Of("hyper-sparse", ("sparsity", 0.7), ("strength", 5e-3), ("growth", 1.2), ("warmUpEpochs", 3), ("buffer", 0));

        var outcome = Trainings.Run(Trainings.Inputs(spec with { Hooks = first ? [moving, ending] : [ending, moving] }), _folder.File("a"));

        var epochs = outcome.Report.Epochs.Count;
        epochs.ShouldBeInRange(2, 39, "it was ended");
        outcome.Report.Hooks!.Single(h => h.Name == "rigl").Figures["moves"].ShouldBe(epochs - 1);
        using var state = StateDict.Open(_folder.File("a"));
        var weights = state.Floats("layers.0.weight", 0, 1024).ToArray();
        Enumerable.Range(0, 1024).Count(i => outcome.Mask!.Tensors[0].IsKept(i) && weights[i] == 0).ShouldBeLessThan(20, "what has grown was trained for an epoch");
    }

    [Fact]
    public void Where_a_move_waits_for_the_next_update_a_training_that_was_interrupted_before_it_ends_in_the_same_bytes()
    {
        var spec = Trainings.Spec with { BatchSize = 32, Hooks = [MethodSpecs.Of("hyper-sparse", ("strength", 1e-3), ("warmUpEpochs", 2))] };
        var updates = Trainings.Run(Trainings.Inputs(spec with { Epochs = 1 }), _folder.File("one")).Report.IterationsPerEpoch;
        var inputs = Trainings.Inputs(spec with { Hooks = [MethodSpecs.Of("rigl", ("sparsity", 0.5), ("interval", updates)), .. spec.Hooks!] });
        Trainings.Run(inputs, _folder.File("undisturbed"));
        using (var part = new TrainingSession(inputs))
        {
            part.RunEpoch(CancellationToken.None);
            part.SaveResumePoint(_folder.File("point"));
        }

        using var session = new TrainingSession(inputs);
        session.Resume(_folder.File("point"));
        while (!session.IsFinished)
            session.RunEpoch(CancellationToken.None);
        session.Finish(_folder.File("resumed")).Report.Hooks![0].Figures["moves"].ShouldBeGreaterThan(0);

        File.ReadAllBytes(_folder.File("resumed")).ShouldBe(File.ReadAllBytes(_folder.File("undisturbed")));
    }

    private long[] Kept(string spread)
    {
        var hook = MethodSpecs.Of("rigl", ("sparsity", 0.9), ("spread", spread));
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec with { Hooks = [hook] }));
        return [.. session.Updates.Masks.ToMask().Tensors.Select(t => t.Kept)];
    }

    private static float[]? Moved(float[] weight, float[] gradient, float[] kept, double share, bool[]? ceiling = null)
    {
        using var scope = torch.NewDisposeScope();
        return RigLHook.Moved(torch.tensor(weight), torch.tensor(gradient), torch.tensor(kept), share, ceiling is null ? null : torch.tensor(ceiling))?.data<float>().ToArray();
    }
}
