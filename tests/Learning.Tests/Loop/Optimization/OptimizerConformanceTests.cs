using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>What holds for every optimiser.</summary>
public sealed class OptimizerConformanceTests
{
    private static readonly float[][] Gradients = [[0.5f, 1, -2], [-1, 0.25f, 0], [3, -1, 1], [0.125f, 2, -1]];

    public static TheoryData<string> Names => [.. Optimizers.Registry.Infos.Select(i => i.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_optimiser_that_takes_over_weights_and_state_goes_on_with_the_same_bits(string name)
    {
        using var undisturbed = new Walker(name, mask: null);
        using var first = new Walker(name, mask: null);
        using var second = new Walker(name, mask: null);
        foreach (var gradient in Gradients)
            undisturbed.Step(gradient);
        foreach (var gradient in Gradients[..2])
            first.Step(gradient);

        second.TakeOver(first);
        foreach (var gradient in Gradients[2..])
            second.Step(gradient);

        second.Weights.ShouldBe(undisturbed.Weights);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pruned_weights_are_exactly_plus_zero_from_the_start_and_the_others_move(string name)
    {
        using var walker = new Walker(name, Masks.Of(("weight", [1, 3], "101")));

        BitConverter.SingleToInt32Bits(walker.Weights[1]).ShouldBe(0);
        foreach (var gradient in Gradients)
            walker.Step(gradient);

        BitConverter.SingleToInt32Bits(walker.Weights[1]).ShouldBe(0);
        walker.Weights[0].ShouldNotBe(1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_option_it_does_not_have_is_refused(string name) =>
        Should.Throw<DomainException>(() => Create(MethodSpecs.Of(name, ("speed", 1)), mask: null)).Failure.Reason.ShouldContain("'speed'");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mask_that_moves_is_seen_by_the_next_update(string name)
    {
        using var walker = new Walker(name, Masks.Of(("weight", [1, 3], "101")));
        walker.Step(Gradients[0]);

        walker.Move("011");
        walker.Step(Gradients[1]);

        BitConverter.SingleToInt32Bits(walker.Weights[0]).ShouldBe(0, "it was dropped, and so was its momentum");
        walker.Weights[1].ShouldNotBe(0, "it grew from 0");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Where_pruned_gradients_feed_the_moments_the_weights_still_stay_at_plus_zero_and_the_kept_ones_take_the_same_bits(string name)
    {
        using var plain = new Walker(name, Masks.Of(("weight", [1, 3], "101")));
        using var fed = new Walker(name, Masks.Of(("weight", [1, 3], "101")), feedMoments: true);
        foreach (var gradient in Gradients)
        {
            plain.Step(gradient);
            fed.Step(gradient);
        }

        fed.Weights.ShouldBe(plain.Weights);
        BitConverter.SingleToInt32Bits(fed.Weights[1]).ShouldBe(0);
        (plain.Direction[1], Math.Sign(fed.Direction[1])).ShouldBe((0, 1));
    }

    private static IOptimizer Create(MethodSpec method, TrainingMasks masks) => Optimizers.Create(Trainings.Spec with { Optimizer = method, WeightDecay = 0.1 }, masks);

    private static IOptimizer Create(MethodSpec method, SparsityMask? mask, torch.nn.Module? network = null) => Optimizers.Create(
        Trainings.Spec with { Optimizer = method, WeightDecay = 0.1 }, new TrainingMasks(network ?? torch.nn.Identity(), mask));

    private sealed class Walker : IDisposable
    {
        private readonly TorchSharp.Modules.Linear _network = torch.nn.Linear(3, 1, hasBias: false);
        private readonly TrainingMasks _masks;
        private readonly IOptimizer _optimizer;

        public Walker(string name, SparsityMask? mask, bool feedMoments = false)
        {
            _network.weight!.bytes = MemoryMarshal.AsBytes(new float[] { 1, -2, 0.5f }.AsSpan());
            _masks = new TrainingMasks(_network, mask) { FeedMoments = feedMoments };
            _optimizer = Create(MethodSpec.Of(name), _masks);
        }

        public float[] Direction => _optimizer.Direction("weight").data<float>().ToArray();

        public void Move(string bits)
        {
            using var scope = torch.NewDisposeScope();
            _optimizer.Reset("weight", _masks.All[0].Move(torch.tensor([.. bits.Select(b => (float)(b - '0'))], [1, 3])));
        }

        public float[] Weights => _network.weight!.detach().data<float>().ToArray();

        public void Step(float[] gradient)
        {
            using var scope = torch.NewDisposeScope();
            _network.weight!.grad = torch.tensor(gradient, [1, 3]);
            _optimizer.Step(0.1);
        }

        public void TakeOver(Walker other)
        {
            other._network.weight!.bytes.CopyTo(_network.weight!.bytes);
            foreach (var (name, tensor) in other._optimizer.State)
                tensor.bytes.CopyTo(_optimizer.State[name].bytes);
        }

        public void Dispose()
        {
            _optimizer.Dispose();
            _masks.Dispose();
            _network.Dispose();
        }
    }
}
