using System.Runtime.InteropServices;

namespace SparsePipeline.Checkpoints;

/// <summary>Where the weights of a checkpoint are zero.</summary>
public static class ZeroMask
{
    /// <summary>The mask that keeps exactly the prunable weights that are not zero (−0 is zero).</summary>
    /// <param name="state">A checkpoint that is sparse, but has no mask with it.</param>
    /// <param name="selection">Which tensors the mask covers.</param>
    public static SparsityMask Of(StateDict state, TensorSelection selection) => new(PrunableTensors.Select(state.Tensors, selection).Select(t =>
        new TensorMask(t.Name, t.Shape, ImmutableCollectionsMarshal.AsImmutableArray(NonZero(state, t)))));

    /// <summary>Fraction of zeros among the prunable weights, as the mask of them would say it; memory does not grow with the model.</summary>
    /// <param name="state">A checkpoint.</param>
    /// <param name="selection">Which tensors count.</param>
    public static double Sparsity(StateDict state, TensorSelection selection)
    {
        var tensors = PrunableTensors.Select(state.Tensors, selection);
        var total = tensors.Sum(t => t.Count);
        return total == 0 ? 0 : 1 - ((double)tensors.Sum(t => ZeroPattern.Scan(state, t, null)) / total);
    }

    /// <summary>How many weights a mask keeps that are zero all the same.</summary>
    /// <param name="state">A checkpoint that the mask fits.</param>
    /// <param name="mask">Of any sparsity.</param>
    public static long KeptZeros(StateDict state, SparsityMask mask) => mask.Tensors.AsParallel().Sum(t => KeptZeros(state, t));

    private static long KeptZeros(StateDict state, TensorMask mask)
    {
        var words = NonZero(state, state.Find(mask.Name)!);
        for (var i = 0; i < words.Length; i++)
            words[i] = ~words[i] & mask.Words[i];
        return BitCount.Of(words);
    }

    private static ulong[] NonZero(StateDict state, TensorInfo tensor)
    {
        var (words, size) = (new ulong[TensorMask.WordsFor(tensor.Count)], tensor.Type.ByteSize());
        foreach (var (start, count) in TensorPieces.Of(tensor.Count))
        {
            ZeroBits.NonZeros(tensor.Type, state.Bytes(tensor.Name, start * size, count * size), words.AsSpan((int)(start / 64), TensorMask.WordsFor(count)));
            state.Release(tensor.Name, start, count);
        }

        return words;
    }
}
