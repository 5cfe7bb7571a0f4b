using System.Numerics;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>The invariant of every sparse checkpoint: pruned positions are exact zeros. Negative zero counts as zero.</summary>
public static class ZeroCheck
{
    /// <summary>The tensors that break the invariant, in ordinal name order; empty when all is well. Memory use does not depend on the size.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: the mask is not of this checkpoint's structure.</exception>
    public static IReadOnlyList<ZeroViolation> Violations(StateDict state, SparsityMask mask)
    {
        MaskFit.Ensure(state, mask);
        return [.. mask.Tensors.Select(m => Check(state, m)).OfType<ZeroViolation>()];
    }

    /// <summary>Throws when a pruned position is not zero.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>, naming the first tensor, index and value and how many there are.</exception>
    public static void Ensure(StateDict state, SparsityMask mask)
    {
        if (Violations(state, mask) is [var first, ..] all)
        {
            throw new DomainException(FailureCodes.MaskMismatch,
                $"{all.Sum(v => v.Count)} pruned positions in {all.Count} tensors are not zero, first '{first.Name}' at flat index {first.FirstIndex}, which is {first.FirstValue}.",
                "Apply the mask to the checkpoint, or give the mask it was trained with.");
        }
    }

    private static ZeroViolation? Check(StateDict state, TensorMask mask)
    {
        var tensor = state.Find(mask.Name)!;
        var (count, first) = (0L, -1L);
        foreach (var (start, length) in TensorPieces.Of(mask.Count))
        {
            var words = mask.Words.Slice((int)(start / 64), TensorMask.WordsFor(length));
            var size = tensor.Type.ByteSize();
            count += CountOutside(tensor.Type, state.Bytes(mask.Name, start * size, length * size), words, start, ref first);
            state.Release(mask.Name, start, length);
        }

        return count == 0 ? null : new ZeroViolation(mask.Name, count, first, ValueAt(state, mask.Name, first));
    }

    private static long CountOutside(TensorType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<ulong> words, long start, ref long first)
    {
        var count = 0L;
        var step = 64 * type.ByteSize();
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] == ulong.MaxValue)
                continue;
            var outside = ZeroBits.NonZero(type, bytes.Slice(i * step, Math.Min(step, bytes.Length - i * step))) & ~words[i];
            if (outside != 0 && first < 0)
                first = start + i * 64L + BitOperations.TrailingZeroCount(outside);
            count += BitOperations.PopCount(outside);
        }

        return count;
    }

    private static float ValueAt(StateDict state, string name, long index)
    {
        Span<float> value = stackalloc float[1];
        state.ReadFloats(name, index, value);
        return value[0];
    }
}
