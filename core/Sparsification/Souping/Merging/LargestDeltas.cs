namespace SparsePipeline.Sparsification.Souping;

/// <summary>Of each member's differences the largest count, an exact share of the numbers the mask keeps; of equal ones those of lower flat index.</summary>
/// <remarks>The k-th largest is found by counting 16 bits at a time, in four passes, and the last of its equals in a fifth: nothing is sorted or copied.</remarks>
/// <param name="share">Share that counts, in (0, 1]; of every tensor at least one number.</param>
internal sealed class LargestDeltas(double share) : IDeltaFilter
{
    private const int Digit = 16;

    public DeltaChange Look(TensorReading tensor)
    {
        var kept = Math.Max(1, (long)Math.Round(share * tensor.Kept, MidpointRounding.AwayFromZero));
        if (kept >= tensor.Kept)
            return (_, _, delta) => delta;
        var (bits, ties) = Thresholds(tensor, kept);
        var last = LastTies(tensor, bits, ties);
        return (member, index, delta) => Bits(delta) is var own && (own > bits[member] || (own == bits[member] && index <= last[member])) ? delta : 0;
    }

    /// <summary>Bits of each member's k-th largest difference, and how many of just that size count.</summary>
    private static (long[] Bits, long[] Ties) Thresholds(TensorReading tensor, long kept)
    {
        var (prefix, left) = (new long[tensor.Members], Enumerable.Repeat(kept, tensor.Members).ToArray());
        for (var shift = 64 - Digit; shift >= 0; shift -= Digit)
        {
            var counts = Counts(tensor, shift, prefix);
            for (var member = 0; member < prefix.Length; member++)
            {
                var digit = counts[member].Length - 1;
                for (; counts[member][digit] < left[member]; digit--)
                    left[member] -= counts[member][digit];
                prefix[member] = (prefix[member] << Digit) | (uint)digit;
            }
        }

        return (prefix, left);
    }

    private static long[][] Counts(TensorReading tensor, int shift, long[] prefix)
    {
        long[][] counts = [.. prefix.Select(_ => new long[1 << Digit])];
        tensor.Scan(run => ForEach(run, (member, _, bits) =>
        {
            // Shifting by 64 would shift by 0, so the first digit is told apart.
            if (shift == 64 - Digit || bits >> (shift + Digit) == prefix[member])
                counts[member][(bits >> shift) & ((1 << Digit) - 1)]++;
        }));
        return counts;
    }

    /// <summary>Flat index of each member's last difference of the threshold's size that counts.</summary>
    private static long[] LastTies(TensorReading tensor, long[] threshold, long[] ties)
    {
        var (last, left) = (new long[ties.Length], (long[])ties.Clone());
        tensor.Scan(run => ForEach(run, (member, index, bits) =>
        {
            if (bits == threshold[member] && left[member]-- > 0)
                last[member] = index;
        }));
        return last;
    }

    private static void ForEach(TensorRun run, Action<int, long, long> look)
    {
        for (var member = 0; member < run.Members; member++)
            for (var i = 0; i < run.Count; i++)
                look(member, run.Start + i, Bits(run.MemberBuffer(member)[i] - run.AnchorBuffer[i]));
    }

    /// <summary>Bits of a magnitude, which are ordered as magnitudes are.</summary>
    private static long Bits(double delta) => BitConverter.DoubleToInt64Bits(delta) & long.MaxValue;
}
