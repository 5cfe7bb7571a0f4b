using CsCheck;
using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Loop;
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

    /// <summary>Three epochs have two moves between them. Layers share the weights, so their densities change.</summary>
    [Fact]
    public void The_mask_moves_before_every_epoch_but_the_first_and_layers_end_with_densities_of_their_own()
    {
        var spec = Trainings.Spec with { Hooks = [MethodSpecs.Of("sparse-momentum", ("sparsity", 0.9), ("spread", "uniform"))] };

        var report = Trainings.Run(Trainings.Inputs(spec), _folder.File("a")).Report.Hooks!.ShouldHaveSingleItem();

        (report.Figures["moves"], report.ReplacedUpdates).ShouldBe((2, 0));
        report.Figures["density/layers.1.weight"].ShouldNotBe(0.1, "16 of 160 at the start");
        (1024 * report.Figures["density/layers.0.weight"] + 160 * report.Figures["density/layers.1.weight"]).ShouldBe(118, 1e-9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_another_hook_ends_the_training_the_mask_is_that_of_the_last_epoch_and_all_it_keeps_is_trained(bool first)
    {
        var momentum = MethodSpecs.Of("sparse-momentum", ("sparsity", 0.5));
        var ending = MethodSpecs.Of("hyper-sparse", ("sparsity", 0.7), ("strength", 5e-3), ("growth", 1.2), ("warmUpEpochs", 3), ("buffer", 0));
        var inputs = Trainings.Inputs(Trainings.Spec with { Epochs = 40, BatchSize = 32, Hooks = first ? [momentum, ending] : [ending, momentum] });

        var outcome = Trainings.Run(inputs, _folder.File("a"));

        var epochs = outcome.Report.Epochs.Count;
        epochs.ShouldBeInRange(2, 39, "it was ended");
        outcome.Report.Hooks!.Single(h => h.Name == "sparse-momentum").Figures["moves"].ShouldBe(epochs - 1);
        using var state = StateDict.Open(_folder.File("a"));
        var weights = state.Floats("layers.0.weight", 0, 1024).ToArray();
        Enumerable.Range(0, 1024).Count(i => outcome.Mask!.Tensors[0].IsKept(i) && weights[i] == 0).ShouldBeLessThan(20, "what has grown was trained for an epoch");
    }

    [Fact]
    public void Resumed_after_an_epoch_the_mask_moves_as_it_would_have_moved()
    {
        var inputs = Trainings.Inputs(Trainings.Spec with { Hooks = [MethodSpecs.Of("sparse-momentum", ("sparsity", 0.9))] });
        using var whole = new TrainingSession(inputs);
        whole.RunEpoch(CancellationToken.None);
        whole.SaveResumePoint(_folder.File("point"));
        var before = whole.Updates.Masks.ToMask().Digest;
        whole.RunEpoch(CancellationToken.None);
        using var resumed = new TrainingSession(inputs);
        resumed.Resume(_folder.File("point"));
        resumed.Updates.Masks.ToMask().Digest.ShouldBe(before);
        resumed.RunEpoch(CancellationToken.None);

        resumed.Updates.Masks.ToMask().Digest.ShouldBe(whole.Updates.Masks.ToMask().Digest);
        resumed.Updates.Masks.ToMask().Digest.ShouldNotBe(before);
    }
}
