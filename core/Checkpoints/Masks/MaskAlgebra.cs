using System.Runtime.InteropServices;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>Word-wise operations on masks over the same tensors.</summary>
internal static class MaskAlgebra
{
    public static SparsityMask Combine(SparsityMask left, SparsityMask right, Func<ulong, ulong, ulong> operation)
    {
        EnsureSameTensors(left, right);
        return new SparsityMask(left.Tensors.Zip(right.Tensors, (a, b) => Combine(a, b, operation)));
    }

    private static TensorMask Combine(TensorMask left, TensorMask right, Func<ulong, ulong, ulong> operation)
    {
        var words = new ulong[left.Words.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = operation(left.Words[i], right.Words[i]);
        return new TensorMask(left.Name, left.Shape, ImmutableCollectionsMarshal.AsImmutableArray(words));
    }

    private static void EnsureSameTensors(SparsityMask left, SparsityMask right)
    {
        if (left.StructureDigest == right.StructureDigest)
            return;
        var differing = left.Tensors.Select(Text).Except(right.Tensors.Select(Text))
            .Concat(right.Tensors.Select(Text).Except(left.Tensors.Select(Text))).First();
        throw new DomainException(
            FailureCodes.MaskMismatch,
            $"The masks cover different tensors; the first that only one of them has is {differing}.",
            "Combine masks of one model only.");
    }

    private static string Text(TensorMask tensor) => $"{tensor.Name} {TensorShape.Text(tensor.Shape.AsSpan())}";
}
