namespace SparsePipeline.Checkpoints;

/// <summary>Counts the rows of a bitset in which no bit is set.</summary>
internal static class DeadRows
{
    public static long Count(ReadOnlySpan<ulong> words, long rows, long count)
    {
        if (count == 0)
            return 0;
        var (dead, columns) = (0L, count / rows);
        for (var row = 0L; row < rows; row++)
            if (!AnyBit(words, row * columns, (row + 1) * columns))
                dead++;
        return dead;
    }

    private static bool AnyBit(ReadOnlySpan<ulong> words, long from, long to)
    {
        var (first, last) = ((int)(from / 64), (int)((to - 1) / 64));
        var (head, tail) = (ulong.MaxValue << (int)(from % 64), ulong.MaxValue >> (63 - (int)((to - 1) % 64)));
        if (first == last)
            return (words[first] & head & tail) != 0;
        return (words[first] & head) != 0 || (words[last] & tail) != 0 || words[(first + 1)..last].ContainsAnyExcept(0UL);
    }
}
