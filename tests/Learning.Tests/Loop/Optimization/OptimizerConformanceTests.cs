using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
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

    private static IOptimizer Create(MethodSpec method, SparsityMask? mask, torch.nn.Module? network = null) => Optimizers.Create(
        Trainings.Spec with { Optimizer = method, WeightDecay = 0.1 }, network ?? torch.nn.Identity(), mask);

    private sealed class Walker : IDisposable
    {
        private readonly TorchSharp.Modules.Linear _network = torch.nn.Linear(3, 1, hasBias: false);
        private readonly IOptimizer _optimizer;

        public Walker(string name, SparsityMask? mask)
        {
            _network.weight!.bytes = MemoryMarshal.AsBytes(new float[] { 1, -2, 0.5f }.AsSpan());
            _optimizer = Create(MethodSpec.Of(name), mask, _network);
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
            _network.Dispose();
        }
    }
}
