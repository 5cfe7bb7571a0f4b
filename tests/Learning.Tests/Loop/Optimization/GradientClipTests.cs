using SparsePipeline.Checkpoints;
using SparsePipeline.Learning.Loop.Masks;
using SparsePipeline.Learning.Loop.Optimization;
using SparsePipeline.TestKit;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class GradientClipTests
{
    [Fact]
    public void A_gradient_of_norm_5_is_shortened_to_a_limit_of_1() => Clipped(1, null, 3, 4).ShouldBe([0.6f, 0.8f], 1e-6);

    [Fact]
    public void A_gradient_within_the_limit_keeps_its_bits() => Clipped(5, null, 3, 4).ShouldBe([3f, 4f]);

    [Fact]
    public void A_gradient_of_zeros_stays() => Clipped(1, null, 0, 0).ShouldBe([0f, 0f]);

    [Fact]
    public void Gradients_of_pruned_weights_do_not_count() => Clipped(3, Masks.Of(("weight", [1, 2], "10")), 3, 4).ShouldBe([3f, 0f]);

    private static float[] Clipped(double limit, SparsityMask? mask, params float[] gradient)
    {
        using var network = torch.nn.Linear(2, 1, hasBias: false);
        using var masks = new TrainingMasks(network, mask);
        using var clip = new GradientClip(masks, limit);
        using var scope = torch.NewDisposeScope();
        network.weight!.grad = torch.tensor(gradient, [1, 2]);
        clip.Apply();
        return network.weight.grad.data<float>().ToArray();
    }
}
