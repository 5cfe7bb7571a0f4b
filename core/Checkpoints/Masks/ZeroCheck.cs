using System.Numerics;
using SparsePipeline.Contracts;

namespace SparsePipeline.Checkpoints;

/// <summary>The invariant of every sparse checkpoint: pruned positions are exact zeros. Negative zero counts as zero.</summary>
public static class ZeroCheck
{
    private const int Run = 1 << 13;

    /// <summary>
    /// The tensors that break the invariant, in ordinal name order; empty when all is well. Memory use does not depend on the size.
    /// </summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>: the mask is not of this checkpoint's
    /// structure.</exception>
    public static IReadOnlyList<ZeroViolation> Violations(StateDict state, SparsityMask mask)
    {
        MaskFit.Ensure(state, mask);
        var words = new ulong[TensorPieces.Size / 64];
        return [.. mask.Tensors.Select(m => Check(state, m, words)).OfType<ZeroViolation>()];
    }

    /// <summary>Throws when a pruned position is not zero.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.MaskMismatch"/>, naming the first tensor, index and value and how many
    /// there are.</exception>
    public static void Ensure(StateDict state, SparsityMask mask)
    {
        if (Violations(state, mask) is [var first, ..] all)
        {
            throw new DomainException(FailureCodes.MaskMismatch,
                $"{all.Sum(v => v.Count)} pruned positions in {all.Count} tensors are not zero, "
                + $"first '{first.Name}' at flat index {first.FirstIndex}, which is {first.FirstValue}.",
                "Apply the mask to the checkpoint, or give the mask it was trained with.");
        }
    }

    /// <summary>Index of the first element that is not zero although its mask bit is 0, or −1.</summary>
    /// <param name="type">Type of the elements.</param>
    /// <param name="elements">Their bytes.</param>
    /// <param name="kept">The mask's words from the one that holds the bit of the first element.</param>
    public static int FirstViolation(TensorType type, ReadOnlySpan<byte> elements, ReadOnlySpan<ulong> kept)
    {
        Span<ulong> words = stackalloc ulong[Run / 64];
        var size = type.ByteSize();
        for (var start = 0; start * size < elements.Length; start += Run)
        {
            var run = elements[(start * size)..Math.Min((start + Run) * size, elements.Length)];
            var outside = words[..TensorMask.WordsFor(run.Length / size)];
            ZeroBits.NonZeros(type, run, outside);
            if (TakeAway(outside, kept.Slice(start / 64, outside.Length)) > 0)
                return start + (int)FirstBit(outside);
        }

        return -1;
    }

    private static ZeroViolation? Check(StateDict state, TensorMask mask, ulong[] buffer)
    {
        var type = state.Find(mask.Name)!.Type;
        var (violations, first) = (0L, -1L);
        foreach (var (start, count) in TensorPieces.Of(mask.Count))
        {
            var outside = buffer.AsSpan(0, TensorMask.WordsFor(count));
            ZeroBits.NonZeros(type, state.Bytes(mask.Name, start * type.ByteSize(), count * type.ByteSize()), outside);
            var found = TakeAway(outside, mask.Words.Slice((int)(start / 64), outside.Length));
            if (violations == 0 && found > 0)
                first = start + FirstBit(outside);
            violations += found;
            state.Release(mask.Name, start, count);
        }

        return violations == 0 ? null : new ZeroViolation(mask.Name, violations, first, state.Text(mask.Name, first));
    }

    private static long TakeAway(Span<ulong> nonZero, ReadOnlySpan<ulong> kept)
    {
        for (var i = 0; i < nonZero.Length; i++)
            nonZero[i] &= ~kept[i];
        return BitCount.Of(nonZero);
    }

    private static long FirstBit(ReadOnlySpan<ulong> words)
    {
        var word = words.IndexOfAnyExcept(0ul);
        return word * 64L + BitOperations.TrailingZeroCount(words[word]);
    }
}
