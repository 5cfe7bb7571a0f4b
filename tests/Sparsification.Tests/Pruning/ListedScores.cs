using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Tests.Pruning;

/// <summary>Scores written down layer by layer; −1 for weights an earlier cut pruned. A layer of n weights is [1, n].</summary>
internal sealed class ListedScores(params float[][] layers) : IScoreSource
{
    public IReadOnlyList<PrunableTensor> Tensors { get; init; } =
        [.. layers.Select((l, i) => new PrunableTensor($"layer{i}", [1, l.Length], l.Length, l.Count(s => !(s < 0))))];

    public int Parallelism => 2;

    /// <summary>Layers of these shapes, all of whose weights remain and are worth the same.</summary>
    public static ListedScores Shaped(params long[][] shapes)
    {
        float[][] layers = [.. shapes.Select(s => new float[s.Aggregate((a, b) => a * b)])];
        return new ListedScores(layers) { Tensors = [.. shapes.Select((s, i) => new PrunableTensor($"layer{i}", s, layers[i].Length, layers[i].Length))] };
    }

    public void Read(int tensor, long start, Span<float> scores) => layers[tensor].AsSpan((int)start, scores.Length).CopyTo(scores);
}
