using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics.Scorers;

/// <summary>
/// Measures how well one view of an example finds the other among those of all examples of the split: with s the cosine of two embeddings, the rank of the right one is the number of views
/// with at least its s. Both directions count: n examples are 2n searches.
/// </summary>
/// <remarks>
/// Recall@k is the share of ranks up to k, the mean reciprocal rank the mean of 1/rank. Equal cosines count against the network: one that says the same of everything finds
/// nothing. Several networks search by the mean of their cosines. Figures depend on how many examples there are to choose from, and so does the loss, which has all of the split in its sum.
/// O(n²·width) once, at the end.
/// </remarks>
/// <param name="width">Numbers of an embedding.</param>
/// <param name="temperature">Of the loss.</param>
internal sealed class PairScorer(int width, double temperature) : IScorer
{
    public const string FirstIsRight = "recall-at-1";
    public const string RightInFive = "recall-at-5";
    public const string ReciprocalRank = "mean-reciprocal-rank";

    private const int Few = 5;

    /// <summary>What it says, the deciding one first.</summary>
    public static IReadOnlyList<MeasureInfo> Measures { get; } =
    [
        new(FirstIsRight, "recall@1", FigureInfo.Share, HigherIsBetter: true),
        new(RightInFive, "recall@5", FigureInfo.Share, HigherIsBetter: true),
        new(ReciprocalRank, "mean reciprocal rank", FigureInfo.Real, HigherIsBetter: true),
    ];

    // One unit vector for each view: those of several networks one after another, so that their product is the sum of the cosines.
    private readonly List<double[]> _first = [];
    private readonly List<double[]> _second = [];
    private (int[] Ranks, double Loss)? _found;
    private int _networks = 1;

    public void Add(IReadOnlyList<torch.Tensor> outputs, Batch batch)
    {
        _networks = outputs.Count;
        var all = outputs.Select(o => HostMemory.Values<float>(o.contiguous()).ToArray()).ToList();
        for (var i = 0; i < batch.Index.Length; i++)
        {
            _first.Add(Units(all, 2 * i));
            _second.Add(Units(all, 2 * i + 1));
        }
    }

    public SplitReport Report()
    {
        var (ranks, loss) = _found ??= Search();
        return new SplitReport
        {
            Examples = _first.Count,
            Loss = loss,
            Primary = FirstIsRight,
            Metrics = ErrorScorer.Figures([(FirstIsRight, Recall(ranks, 1)), (RightInFive, Recall(ranks, Few)), (ReciprocalRank, ranks.Average(r => 1.0 / r))]),
        };
    }

    /// <summary>Of every example the share of its two searches that the right view comes first in.</summary>
    public IReadOnlyList<float> Values() => (_found ??= Search()).Ranks is var ranks
        ? [.. Enumerable.Range(0, _first.Count).Select(i => ((ranks[i] == 1 ? 1f : 0) + (ranks[_first.Count + i] == 1 ? 1 : 0)) / 2)]
        : [];

    private static double Recall(int[] ranks, int among) => ranks.Average(r => r <= among ? 1.0 : 0);

    /// <summary>The ranks of all searches, first those for second views, and the mean of −ln softmax(s/τ) over them.</summary>
    private (int[] Ranks, double Loss) Search()
    {
        var n = _first.Count;
        var right = _first.Zip(_second, Cosine).ToArray();
        var (ranks, sums) = (new int[2 * n], new double[2 * n]);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var cosine = i == j ? right[i] : Cosine(_first[i], _second[j]);
                // Relative to the largest there can be, 1, so that no temperature overflows.
                var share = Math.Exp((cosine - 1) / temperature);
                sums[i] += share;
                sums[n + j] += share;
                ranks[i] += cosine >= right[i] ? 1 : 0;
                ranks[n + j] += cosine >= right[j] ? 1 : 0;
            }

        var loss = Enumerable.Range(0, 2 * n).Average(k => Math.Log(sums[k]) - (right[k % n] - 1) / temperature);
        return (ranks, loss);
    }

    private double Cosine(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var k = 0; k < one.Length; k++)
            sum += one[k] * other[k];
        return sum / _networks;
    }

    private double[] Units(List<float[]> outputs, int view)
    {
        var units = new double[outputs.Count * width];
        for (var network = 0; network < outputs.Count; network++)
            Unit(outputs[network].AsSpan(view * width, width), units.AsSpan(network * width, width));
        return units;
    }

    /// <summary>An embedding of length 1; one of zeros stays as it is, and is as near to everything.</summary>
    private void Unit(ReadOnlySpan<float> embedding, Span<double> unit)
    {
        var squares = 0.0;
        foreach (var value in embedding)
            squares += (double)value * value;
        if (!double.IsFinite(squares))
            throw new DomainException(
                FailureCodes.NotFinite, $"An embedding of example {_first.Count} has a value that is not finite.", "Use a checkpoint from before the training diverged.");
        for (var k = 0; k < embedding.Length; k++)
            unit[k] = squares > 0 ? embedding[k] / Math.Sqrt(squares) : 0;
    }
}
