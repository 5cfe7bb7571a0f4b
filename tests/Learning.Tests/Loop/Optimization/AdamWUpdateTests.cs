using CsCheck;
using SparsePipeline.Learning.Loop.Optimization;

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
}
