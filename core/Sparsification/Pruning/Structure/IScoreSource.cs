namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Scores of all prunable weights, computed when read so that they need no memory.</summary>
public interface IScoreSource
{
    /// <summary>In ordinal order of their names.</summary>
    IReadOnlyList<PrunableTensor> Tensors { get; }

    /// <summary>Threads a structure may use; its choice must not depend on it.</summary>
    int Parallelism { get; }

    /// <inheritdoc cref="IScore.Averages"/>
    bool Averages => true;

    /// <summary>Whether scores are 64-bit numbers, because a tensor is F64: then they are read as such only.</summary>
    bool IsWide => false;

    /// <summary>Scores of consecutive weights, 0 or greater; −1 for weights an earlier cut pruned. Safe to call from several threads.</summary>
    /// <param name="tensor">Index into <see cref="Tensors"/>.</param>
    /// <param name="start">Flat index of the first weight, a multiple of 64.</param>
    /// <param name="scores">Receives the scores.</param>
    void Read(int tensor, long start, Span<float> scores);

    /// <summary>The same as 64-bit numbers; exact.</summary>
    /// <inheritdoc cref="Read(int, long, Span{float})"/>
    void Read(int tensor, long start, Span<double> scores)
    {
        var narrow = new float[scores.Length];
        Read(tensor, start, narrow);
        for (var i = 0; i < narrow.Length; i++)
            scores[i] = narrow[i];
    }

    /// <summary>As <see cref="Read(int, long, Span{float})"/>, without a copy where there need not be one: for what only compares or counts.</summary>
    /// <param name="tensor">Index into <see cref="Tensors"/>.</param>
    /// <param name="start">Flat index of the first weight, a multiple of 64.</param>
    /// <param name="scratch">As long as the run; may be what is returned.</param>
    ScoreRun View(int tensor, long start, Span<float> scratch)
    {
        Read(tensor, start, scratch);
        return new ScoreRun(scratch, ScoreRun.AllBits);
    }
}
