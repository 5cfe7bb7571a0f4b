using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Everything this assembly offers to recipes: the baselines.</summary>
public static class PlanningMethods
{
    private const string SparseModelSoups = "Zimmer, Spiegel, Pokutta: Sparse Model Soups, ICLR 2024, arXiv 2306.16788";

    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        Baseline(BaselineNames.Dense, "Dense network", "Use it to see what sparsity costs; it needs one evaluation."),
        Baseline(
            BaselineNames.Imp,
            "Iterative magnitude pruning",
            "Use it to see what averaging brings: the same cycles with one candidate, which share the first cycle with the run.",
            "Han, Pool, Tran, Dally: Learning both Weights and Connections for Efficient Neural Networks, NeurIPS 2015, arXiv 1506.02626"),
        Baseline(
            BaselineNames.ImpLonger,
            "IMP with m times longer retraining",
            "Use it for a comparison at equal compute; it costs as many epochs as all candidates together.",
            SparseModelSoups),
        Baseline(
            BaselineNames.MeanCandidate, "Mean candidate", "Use it to compare a soup with its average member; it costs nothing.", SparseModelSoups),
        Baseline(
            BaselineNames.BestCandidate,
            "Best candidate by validation",
            "Use it to compare a soup with picking a member without looking at the test split; it costs nothing.",
            SparseModelSoups),
    ];

    private static MethodInfo Baseline(string name, string title, string useWhen, string? paper = null) => new()
    {
        Axis = MethodAxes.Baseline,
        Name = name,
        Title = title,
        UseWhen = useWhen,
        Paper = paper,
    };
}
