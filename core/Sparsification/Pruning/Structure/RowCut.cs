using System.Numerics;
using SparsePipeline.Checkpoints;
using SparsePipeline.Sparsification.Kernels;

namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Lets the weights of each row compete with each other only: a tensor's number is shared out evenly, and rows differ by one at most.</summary>
/// <remarks>A row that earlier cuts left with less keeps all it has. Ties: the lower flat index stays. Some 64 rows in memory per thread.</remarks>
internal static class RowCut
{
    /// <summary>Chooses so many weights of a tensor.</summary>
    /// <param name="scores">Score of every weight; −1 for those an earlier cut pruned.</param>
    /// <param name="tensor">Which tensor.</param>
    /// <param name="kept">Weights to keep.</param>
    /// <param name="words">Its bits, all 0 on entry.</param>
    public static void Select(IScoreSource scores, int tensor, long kept, ulong[] words)
    {
        if (scores.IsWide)
            Select<double>(scores, tensor, kept, words);
        else
            Select<float>(scores, tensor, kept, words);
    }

    private static void Select<T>(IScoreSource scores, int tensor, long kept, ulong[] words)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var rows = scores.Tensors[tensor].Shape[0];
        if (rows == 0 || scores.Tensors[tensor].Total == 0)
            return;
        var left = new long[rows];
        ForEachRow<T>(scores, tensor, (row, _, run) => left[row] = run.Length - Pruned(run));
        var shares = Apportionment.Split(kept, [.. left.Select(_ => 1.0)], left);
        ForEachRow<T>(scores, tensor, (row, start, run) =>
        {
            if (!Keep(run, checked((int)shares[row]), start, words))
                NotFiniteScore.Throw(scores, new CutGroup([tensor], kept));
        });
    }

    /// <summary>Sets the bits of the best of a row; false when a score cannot be compared.</summary>
    private static bool Keep<T>(Span<T> row, int share, long start, ulong[] words)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var score in row)
            if (!T.IsFinite(score))
                return false;
        var scores = row.ToArray();
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(share);
        foreach (var i in order)
            words[(start + i) / 64] |= 1UL << (int)((start + i) % 64);
        return true;
    }

    private static long Pruned<T>(Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var pruned = 0L;
        foreach (var score in row)
            pruned += score < T.Zero ? 1 : 0;
        return pruned;
    }

    private delegate void Look<T>(long row, long start, Span<T> run);

    /// <summary>Reads whole rows and whole words of the mask, so that no word belongs to two threads.</summary>
    private static void ForEachRow<T>(IScoreSource scores, int tensor, Look<T> look)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shape = scores.Tensors[tensor];
        var columns = checked((int)(shape.Total / shape.Shape[0]));
        var size = checked(64 / (int)BigInteger.GreatestCommonDivisor(64, columns) * columns);
        Workers.Run([.. Chunk.Split([(tensor, shape.Total)], size)], scores.Parallelism, () => new T[size], (chunk, scratch) =>
        {
            var run = scratch.AsSpan(0, chunk.Count);
            scores.Read(tensor, chunk.Start, run);
            for (var at = 0; at < run.Length; at += columns)
                look((chunk.Start + at) / columns, chunk.Start + at, run.Slice(at, columns));
        });
    }
}
