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

    private long[] Kept(string spread)
    {
        var hook = MethodSpecs.Of("rigl", ("sparsity", 0.9), ("spread", spread));
        using var session = new TrainingSession(Trainings.Inputs(Trainings.Spec with { Hooks = [hook] }));
        return [.. session.Updates.Masks.ToMask().Tensors.Select(t => t.Kept)];
    }

    private static float[]? Moved(float[] weight, float[] gradient, float[] kept, double share)
    {
        using var scope = torch.NewDisposeScope();
        return RigLHook.Moved(torch.tensor(weight), torch.tensor(gradient), torch.tensor(kept), share)?.data<float>().ToArray();
    }
}
