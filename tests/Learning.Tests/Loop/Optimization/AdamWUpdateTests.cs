using CsCheck;
using SparsePipeline.Learning.Loop.Optimization;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class AdamWUpdateTests
{
    private static readonly AdamWUpdate Update = new()
    {
        Rate = 0.1f,
        Decay = 0.01f,
        Root = 2,
        Mean = (0.9f, 0.1f),
        Square = (0.99f, 0.01f),
        Epsilon = 1e-8f,
    };

    [Fact]
    public void A_value_is_updated_alike_wherever_it_lies() => Gen.Select(Gen.Float[-5, 5], Gen.Float[-5, 5], Gen.Int[1, 40]).Sample((weight, gradient, length) =>
    {
        var (weights, means, squares) = (Enumerable.Repeat(weight, length).ToArray(), new float[length], new float[length]);

        Update.Run(weights, means, squares, Enumerable.Repeat(gradient, length).ToArray(), []);

        weights.Distinct().ShouldHaveSingleItem();
        means.Distinct().ShouldHaveSingleItem();
        squares.Distinct().ShouldHaveSingleItem();
    });

    [Fact]
    public void What_a_mask_drops_stays_plus_zero() => Gen.Float[-5, 5].Array[1, 40].Sample(gradients =>
    {
        var zeros = (Weights: new float[gradients.Length], Means: new float[gradients.Length], Squares: new float[gradients.Length]);

        Update.Run(zeros.Weights, zeros.Means, zeros.Squares, gradients, new float[gradients.Length]);

        zeros.Weights.Concat(zeros.Means).Concat(zeros.Squares).ShouldAllBe(z => BitConverter.SingleToInt32Bits(z) == 0);
    });

    /// <summary>What a device computes, tried on the processor.</summary>
    [Fact]
    public void By_tensor_operations_the_update_is_the_same_but_for_rounding() =>
        Gen.Select(Gen.Float[-5, 5], Gen.Float[-5, 5], Gen.Bool).Array[1, 40].SelectMany(v => Gen.Bool.Select(feeds => (v, feeds))).Sample(drawn =>
        {
            var update = Update with { FeedsMoments = drawn.feeds, Epsilon = 1e-3f };
            float[] mask = [.. drawn.v.Select(v => v.Item3 ? 1f : 0f)];
            float[] start = [.. drawn.v.Select(v => v.Item3 ? v.Item1 : 0)];
            float[] gradients = [.. drawn.v.Select(v => v.Item2)];
            var (weights, means, squares) = ((float[])start.Clone(), new float[start.Length], new float[start.Length]);
            update.Run(weights, means, squares, gradients, mask);
            using var scope = torch.NewDisposeScope();
            var (weight, mean, square) = (torch.tensor(start), torch.zeros(start.Length), torch.zeros(start.Length));

            update.Run(weight, mean, square, torch.tensor(gradients), torch.tensor(mask));

            weight.data<float>().ToArray().ShouldBe(weights, 1e-5);
            mean.data<float>().ToArray().ShouldBe(means, 1e-5);
            square.data<float>().ToArray().ShouldBe(squares, 1e-5);
        }, iter: 50);
}
