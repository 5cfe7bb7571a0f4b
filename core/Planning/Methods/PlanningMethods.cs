using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Everything this assembly offers to recipes: workflows and baselines.</summary>
public static class PlanningMethods
{
    private const string SparseModelSoups = "Zimmer, Spiegel, Pokutta: Sparse Model Soups, ICLR 2024, arXiv 2306.16788";

    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. Workflows.Registry.Infos,
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
            BaselineNames.Swa,
            "IMP with m times longer retraining, averaged over its last epochs",
            "Use it to see whether one long path averages as well as m short ones at equal compute; options as in `averaging: swa`.",
            "Izmailov, Podoprikhin, Garipov, Vetrov, Wilson: Averaging Weights Leads to Wider Optima and Better Generalization, UAI 2018, arXiv 1803.05407"),
        Baseline(
            BaselineNames.Ema,
            "IMP with m times longer retraining, a moving average of it",
            "Use it beside swa: its average weighs late updates more, at equal compute; options as in `averaging: ema`.",
            "Polyak, Juditsky: Acceleration of Stochastic Approximation by Averaging, SIAM J. Control Optim. 30(4), 1992"),
        Baseline(
            BaselineNames.ImpAverage,
            "Average of m independent IMP runs (IMP-AVG)",
            "Use it to see why candidates share a mask: it loses the sparsity, which is reported as it is; from the second cycle on it costs the training of m runs.",
            SparseModelSoups),
        Baseline(
            BaselineNames.ImpReprune,
            "That average, cut again",
            "Use it to compare the average of independent runs at the run's sparsity; beside imp-average it costs one more average per cycle.",
            SparseModelSoups),
        Baseline(
            BaselineNames.Ensemble,
            "Prediction ensemble by soft vote",
            "Use it as the mark that averaging weights aims at: the mean of the candidates' probabilities; no training, but m networks per prediction.",
            "Lakshminarayanan, Pritzel, Blundell: Simple and Scalable Predictive Uncertainty Estimation using Deep Ensembles, NeurIPS 2017, arXiv 1612.01474"),
        Baseline(
            BaselineNames.MeanCandidate, "Mean candidate", "Use it to compare a soup with its average member; it costs nothing.", SparseModelSoups),
        Baseline(
            BaselineNames.BestCandidate,
            "Best candidate by validation",
            "Use it to compare a soup with picking a member without looking at the test split; it costs nothing.",
            SparseModelSoups),
        Baseline(
            BaselineNames.OracleCandidate,
            "Best candidate by test, an oracle",
            "Use it as a bound on picking a member, never as a competitor: each split chooses the candidate it is measured on; it costs nothing."),
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
