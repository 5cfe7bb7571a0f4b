using System.Numerics;
using CsCheck;
using SparsePipeline.Learning.Loop.Optimization;

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
}
