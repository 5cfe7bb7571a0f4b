using System.Runtime.InteropServices;
using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

/// <summary>Two weights (1, −2) at learning rate 0.1 with β₁ = 0.5, β₂ = 0.75 and ε = 0.1, worked out by hand.</summary>
public sealed class AdamWOptimizerTests : IDisposable
{
    private readonly TorchSharp.Modules.Linear _network = torch.nn.Linear(2, 1, hasBias: false);

    public AdamWOptimizerTests() => _network.weight!.bytes = MemoryMarshal.AsBytes(new float[] { 1, -2 }.AsSpan());

    public void Dispose() => _network.Dispose();

    /// <summary>m̂ = g and √v̂ = |g| after one update: 1 − 0.1·0.5/0.6 and −2 − 0.1·1/1.1.</summary>
    [Fact]
    public void The_first_update_walks_by_the_rate_whatever_the_size_of_the_gradient() =>
        Weights(0, [0.5f, 1]).ShouldBe([0.9166667f, -2.0909091f], 1e-6);

    /// <summary>
    /// Gradients (1, 1), then (3, −1): m = (1.75, −0.25) over 1 − 0.25, v = (2.4375, 0.4375) over 1 − 0.5625, so that m̂ = (7/3, −1/3) and
    /// v̂ = (39/7, 1). First update: 0.1/1.1. Second: 0.1 · (7/3)/(√(39/7) + 0.1) and −0.1 · (1/3)/1.1.
    /// </summary>
    [Fact]
    public void Both_moments_are_corrected_for_their_start() => Weights(0, [1, 1], [3, -1]).ShouldBe([0.8142549f, -2.0606061f], 1e-6);

    /// <summary>w shrinks by 0.1·0.5 of itself before the update, and the moments know nothing of it: 0.95 and −1.9, then as without decay.</summary>
    [Fact]
    public void Weight_decay_is_decoupled_from_the_moments() => Weights(0.5, [0.5f, 1]).ShouldBe([0.8666667f, -1.9909091f], 1e-6);

    [Fact]
    public void A_pruned_weight_and_its_moments_stay_exactly_plus_zero()
    {
        using var optimizer = Create(0.5, Masks.Of(("weight", [1, 2], "10")));
        foreach (var gradient in new[] { 1f, -1f, 0f })
        {
            Step(optimizer, [gradient, gradient]);
            foreach (var tensor in new[] { _network.weight!, optimizer.State["adamw/mean/weight"], optimizer.State["adamw/square/weight"] })
                BitConverter.SingleToInt32Bits(Read(tensor)[1]).ShouldBe(0);
        }
        Read(_network.weight!)[0].ShouldNotBe(1);
    }

    [Fact]
    public void The_updates_are_counted_in_the_state()
    {
        using var optimizer = Create(0, mask: null);
        Step(optimizer, [1, 1]);
        Step(optimizer, [1, 1]);

        MemoryMarshal.Read<long>(optimizer.State["adamw/updates"].bytes).ShouldBe(2);
        _network.weight!.grad.ShouldBeNull();
    }

    private float[] Weights(double weightDecay, params float[][] gradients)
    {
        using var optimizer = Create(weightDecay, mask: null);
        foreach (var gradient in gradients)
            Step(optimizer, gradient);
        return Read(_network.weight!);
    }

    private AdamWOptimizer Create(double weightDecay, SparsityMask? mask) => new(new TrainingMasks(_network, mask), 0.5, 0.75, 0.1, weightDecay);

    private void Step(AdamWOptimizer optimizer, float[] gradient)
    {
        using var scope = torch.NewDisposeScope();
        _network.weight!.grad = torch.tensor(gradient, [1, 2]);
        optimizer.Step(0.1);
    }

    private static float[] Read(torch.Tensor tensor) => tensor.detach().data<float>().ToArray();
}
