using CsCheck;
using SparsePipeline.Learning.Loop.Hooks.Methods;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class SparseMomentumHookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_grow_in_proportion_to_the_mean_momentum_of_a_layer() => SparseMomentumHook.Shares(8, [3, 1], [100, 100]).ShouldBe([6, 2]);

    /// <summary>80, 10 and 10 of 100 are wanted; the first layer has 50 places and may take 49, and the 31 it cannot take go to the two others alike.</summary>
    [Fact]
    public void What_a_layer_has_no_room_for_is_spread_evenly_over_the_others() =>
        SparseMomentumHook.Shares(100, [8, 1, 1], [50, 200, 200]).ShouldBe([49, 26, 25]);

    [Fact]
    public void Layers_without_any_momentum_grow_alike() => SparseMomentumHook.Shares(4, [0, 0], [9, 9]).ShouldBe([2, 2]);

    [Fact]
    public void All_weights_grow_and_no_layer_gets_more_than_it_has_room_for() =>
        Gen.Select(Gen.Double[0, 10], Gen.Long[0, 500]).Array[1, 6].SelectMany(layers => Gen.Long[0, layers.Sum(l => l.Item2)].Select(total => (layers, total))).Sample(drawn =>
        {
            long[] room = [.. drawn.layers.Select(l => l.Item2)];
            var shares = SparseMomentumHook.Shares(drawn.total, [.. drawn.layers.Select(l => l.Item1)], room);

            shares.Sum().ShouldBe(drawn.total);
            shares.Zip(room).ShouldAllBe(s => s.First >= 0 && s.First <= s.Second);
        });

    /// <summary>Three epochs have two ends with an epoch after them. Layers share the weights, so their densities change.</summary>
    [Fact]
    public void The_mask_moves_after_every_epoch_but_the_last_and_layers_end_with_densities_of_their_own()
    {
        var spec = Trainings.Spec with { Hooks = [MethodSpecs.Of("sparse-momentum", ("sparsity", 0.9), ("spread", "uniform"))] };

        var report = Trainings.Run(Trainings.Inputs(spec), _folder.File("a")).Report.Hooks!.ShouldHaveSingleItem();

        (report.Figures["moves"], report.ReplacedUpdates).ShouldBe((2, 0));
        report.Figures["density/layers.1.weight"].ShouldNotBe(0.1, "16 of 160 at the start");
        (1024 * report.Figures["density/layers.0.weight"] + 160 * report.Figures["density/layers.1.weight"]).ShouldBe(118, 1e-9);
    }
}
