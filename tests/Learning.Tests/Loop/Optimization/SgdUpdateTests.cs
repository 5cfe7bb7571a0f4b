using System.Numerics;
using CsCheck;
using SparsePipeline.Learning.Loop.Optimization;
using TorchSharp;

namespace SparsePipeline.Learning.Tests.Loop;

public sealed class SgdUpdateTests
{
    private static readonly Gen<float[][]> Tensors = Gen.Int[0, 3 * Vector<float>.Count + 1]
        .SelectMany(count => Gen.Float[-4, 4].Array[count].Array[3]);

    [Fact]
    public void Every_value_takes_the_same_operations_wherever_it_lies_and_whatever_the_mask() =>
        Gen.Select(Tensors, Gen.Bool, Gen.Bool).Sample((tensors, decay, masked) =>
        {
            var update = new SgdUpdate(0.1f, 0.9f, decay ? 0.01f : 0);
            float[] mask = masked ? [.. tensors[2].Select(v => v > 0 ? 1f : 0f)] : [];
            var (weights, momentum) = ((float[])tensors[0].Clone(), (float[])tensors[1].Clone());
            update.Run(weights, momentum, tensors[2], mask);
            for (var i = 0; i < weights.Length; i++)
            {
                var (weight, sum) = (tensors[0][i..(i + 1)], tensors[1][i..(i + 1)]);
                update.Run(weight, sum, tensors[2].AsSpan(i, 1), masked ? mask.AsSpan(i, 1) : []);
                (weights[i], momentum[i]).ShouldBe((weight[0], sum[0]));
            }
        });

    /// <summary>What a device computes, tried on the processor.</summary>
    [Fact]
    public void By_tensor_operations_the_update_is_the_same_but_for_rounding_and_pruned_weights_are_plus_zero() =>
        Gen.Select(Tensors, Gen.Bool, Gen.Bool, Gen.Bool).Sample((tensors, decay, masked, feeds) =>
        {
            var update = new SgdUpdate(0.1f, 0.9f, decay ? 0.01f : 0) { FeedsMoments = feeds };
            float[] mask = masked ? [.. tensors[2].Select(v => v > 0 ? 1f : 0f)] : [];
            float[] start = [.. tensors[0].Select((w, i) => masked ? w * mask[i] + 0 : w)];
            var (weights, momentum) = ((float[])start.Clone(), (float[])tensors[1].Clone());
            update.Run(weights, momentum, tensors[2], mask);
            using var scope = torch.NewDisposeScope();
            var (weight, sum) = (torch.tensor(start), torch.tensor(tensors[1]));

            update.Run(weight, sum, torch.tensor(tensors[2]), masked ? torch.tensor(mask) : null);

            weight.data<float>().ToArray().ShouldBe(weights, 1e-5);
            sum.data<float>().ToArray().ShouldBe(momentum, 1e-5);
        }, iter: 50);
}
