namespace SparsePipeline.Sparsification.Pruning;

/// <summary>Spreads the kept weights: tensors with a sparsity of their own keep their number, an allocation shares out the rest among the others.</summary>
internal static class SharedBudget
{
    /// <param name="allocation">How the others share.</param>
    /// <param name="scores">All tensors of the cut.</param>
    /// <param name="keep">Weights to keep among them all.</param>
    public static IReadOnlyList<CutGroup> Of(IAllocation allocation, IScoreSource scores, long keep)
    {
        int[] others = [.. Enumerable.Range(0, scores.Tensors.Count).Where(t => scores.Tensors[t].Kept is null)];
        if (others.Length == scores.Tensors.Count)
            return allocation.Allocate(scores, keep);
        var own = scores.Tensors.Select((t, i) => (t.Kept, Index: i)).Where(t => t.Kept is not null).Select(t => new CutGroup([t.Index], t.Kept!.Value)).ToList();
        var shared = others.Length == 0 ? [] : allocation.Allocate(new SomeScores(scores, others), keep - own.Sum(g => g.Kept));
        return [.. shared.Select(g => g with { Tensors = [.. g.Tensors.Select(t => others[t])] }), .. own];
    }

    private sealed class SomeScores(IScoreSource all, int[] tensors) : IScoreSource
    {
        public IReadOnlyList<PrunableTensor> Tensors { get; } = [.. tensors.Select(t => all.Tensors[t])];

        public int Parallelism => all.Parallelism;

        public bool Averages => all.Averages;

        public bool IsWide => all.IsWide;

        public void Read(int tensor, long start, Span<double> scores) => all.Read(tensors[tensor], start, scores);

        public void Read(int tensor, long start, Span<float> scores) => all.Read(tensors[tensor], start, scores);

        public ScoreRun View(int tensor, long start, Span<float> scratch) => all.View(tensors[tensor], start, scratch);
    }
}
