using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Kernels;

/// <summary>As <see cref="ExactThreshold"/> and <see cref="MaskBuilder"/>, for 64-bit scores: 16 bits at a time in four passes, then the masks.</summary>
/// <remarks>Bits of doubles from 0 up are ordered as the doubles are; −1 marks weights that an earlier cut pruned and is below all.</remarks>
internal static class WideCut
{
    private const int Digit = 16;
    private const long FirstSpecial = 0x7FF0_0000_0000_0000;

    /// <summary>Sets the bits of the <see cref="CutGroup.Kept"/> highest scores, of ties the lower flat index first in tensor order.</summary>
    /// <exception cref="Contracts.DomainException"><see cref="Contracts.FailureCodes.NotFinite"/>: a score is NaN or infinite.</exception>
    public static void Select(IScoreSource scores, CutGroup group, IReadOnlyList<ulong[]> masks)
    {
        if (group.Kept == 0)
            return;
        var (threshold, ties) = Find(scores, group);
        var scratch = new double[Chunk.Block];
        foreach (var block in Chunk.Split(group.Tensors.Select(t => (t, scores.Tensors[t].Total))).SelectMany(c => c.Blocks()))
        {
            var run = scratch.AsSpan(0, block.Count);
            scores.Read(block.Tensor, block.Start, run);
            ties = Keep(run, threshold, ties, masks[block.Tensor].AsSpan((int)(block.Start / 64)));
        }
    }

    private static long Keep(ReadOnlySpan<double> run, long threshold, long ties, Span<ulong> words)
    {
        for (var i = 0; i < run.Length; i++)
        {
            var bits = BitConverter.DoubleToInt64Bits(run[i]);
            if (bits < threshold || (bits == threshold && ties-- <= 0))
                continue;
            words[i / 64] |= 1UL << (i % 64);
        }

        return ties;
    }

    /// <summary>Bits of the k-th highest score, and how many scores of just that value stay.</summary>
    private static (long Bits, long Ties) Find(IScoreSource scores, CutGroup group)
    {
        var (prefix, left) = (0L, group.Kept);
        for (var shift = 64 - Digit; shift >= 0; shift -= Digit)
        {
            var counts = Histogram(scores, group, shift, prefix);
            var digit = counts.Length - 1;
            for (; digit >= 0 && counts[digit] < left; digit--)
                left -= counts[digit];
            if (digit < 0)
                throw new ArgumentOutOfRangeException(nameof(group), group.Kept, "Fewer weights are left to keep.");
            prefix = (prefix << Digit) | (uint)digit;
        }

        return (prefix, left);
    }

    /// <summary>Counts by one digit the scores whose digits before it are the prefix.</summary>
    private static long[] Histogram(IScoreSource scores, CutGroup group, int shift, long prefix)
    {
        var total = new long[1 << Digit];
        Workers.Run(
            Chunk.Split(group.Tensors.Select(t => (t, scores.Tensors[t].Total))),
            scores.Parallelism,
            () => (Counts: new long[1 << Digit], Scratch: new double[Chunk.Block]),
            (chunk, local) =>
            {
                foreach (var block in chunk.Blocks())
                {
                    var run = local.Scratch.AsSpan(0, block.Count);
                    scores.Read(block.Tensor, block.Start, run);
                    if (!Count(run, shift, prefix, local.Counts))
                        NotFiniteScore.Throw(scores, group);
                }
            },
            local =>
            {
                for (var digit = 0; digit < total.Length; digit++)
                    total[digit] += local.Counts[digit];
            });
        return total;
    }

    /// <returns>Whether all scores are finite.</returns>
    private static bool Count(ReadOnlySpan<double> run, int shift, long prefix, long[] counts)
    {
        foreach (var score in run)
        {
            var bits = BitConverter.DoubleToInt64Bits(score);
            if ((bits & long.MaxValue) >= FirstSpecial)
                return false;
            // Shifting by 64 would shift by 0, so the first digit is told apart.
            if (bits >= 0 && (shift == 64 - Digit || bits >> (shift + Digit) == prefix))
                counts[(int)((bits >> shift) & ((1 << Digit) - 1))]++;
        }

        return true;
    }
}
