using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>Two weights (1, −2) and gradients (0.5, 1) at learning rate 0.1, worked out by hand.</summary>
public sealed class SgdOptimizerTests : IDisposable
{
    private readonly TorchSharp.Modules.Linear _network = torch.nn.Linear(2, 1, hasBias: false);

    public SgdOptimizerTests() => _network.weight!.bytes = Bytes(1, -2);

    public void Dispose() => _network.Dispose();

    [Fact]
    public void Without_momentum_it_walks_along_the_gradient() => Weights(momentum: 0, weightDecay: 0, steps: 1).ShouldBe([0.95f, -2.1f], 1e-6);

    /// <summary>b = g, then 0.9g + g: w = 1 − 0.1·0.5 − 0.1·0.95 and −2 − 0.1 − 0.19.</summary>
    [Fact]
    public void Momentum_adds_up_over_steps() => Weights(momentum: 0.9, weightDecay: 0, steps: 2).ShouldBe([0.855f, -2.29f], 1e-6);

    /// <summary>g' = g + 0.5w = (1, 0); the first Nesterov step is g' + 0.9g' = (1.9, 0).</summary>
    [Fact]
    public void Weight_decay_above_zero_turns_Nesterov_on() => Weights(momentum: 0.9, weightDecay: 0.5, steps: 1).ShouldBe([0.81f, -2f], 1e-6);

    [Fact]
    public void A_pruned_weight_and_its_momentum_stay_exactly_plus_zero()
    {
        using var optimizer = Create(0.9, 0.5, Masks.Of(("weight", [1, 2], "10")));
        for (var step = 0; step < 3; step++)
        {
            SetGradient();
            optimizer.Step(0.1);
            BitConverter.SingleToInt32Bits(Read(_network.weight!)[1]).ShouldBe(0);
            BitConverter.SingleToInt32Bits(Read(optimizer.State["momentum/weight"])[1]).ShouldBe(0);
        }
        Read(_network.weight!)[0].ShouldNotBe(1);
    }

    [Fact]
    public void Pruned_weights_are_zero_before_the_first_update()
    {
        using var optimizer = Create(0.9, 0, Masks.Of(("weight", [1, 2], "01")));

        Read(_network.weight!).ShouldBe([0f, -2f]);
    }

    [Fact]
    public void Gradients_are_dropped_after_the_update()
    {
        using var optimizer = Create(0.9, 0, mask: null);
        SetGradient();
        optimizer.Step(0.1);

        _network.weight!.grad.ShouldBeNull();
    }

    private SgdOptimizer Create(double momentum, double weightDecay, SparsityMask? mask) => new(new TrainingMasks(_network, mask), momentum, weightDecay);

    private float[] Weights(double momentum, double weightDecay, int steps)
    {
        using var optimizer = Create(momentum, weightDecay, mask: null);
        for (var step = 0; step < steps; step++)
        {
            SetGradient();
            optimizer.Step(0.1);
        }
        return Read(_network.weight!);
    }

    private void SetGradient() => _network.weight!.grad = torch.tensor(new[] { 0.5f, 1f }, [1, 2]);

    private static float[] Read(torch.Tensor tensor) => tensor.detach().data<float>().ToArray();

    private static byte[] Bytes(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
