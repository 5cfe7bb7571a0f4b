namespace SparsePipeline.Planning;

/// <summary>Names of the nodes of a run's graph. Cycles count from 1, candidates from 0.</summary>
public static class NodeNames
{
    private const string EvaluationSuffix = "/evaluation";

    /// <summary>The dense pretraining.</summary>
    public const string Dense = "dense";

    /// <summary>The mask that all others stay within.</summary>
    public const string Ceiling = "ceiling";

    /// <summary>The weights a training starts from.</summary>
    public const string Initial = "initial";

    /// <summary>The one training of a run.</summary>
    public const string Trained = "trained";

    /// <summary>What comes into a layer, row by row.</summary>
    public const string Activations = "activations";

    /// <summary>The training on those.</summary>
    public const string Autoencoder = "autoencoder";

    /// <summary>The soup of networks that were given.</summary>
    public const string MergedSoup = "soup";

    /// <summary>A network that was given, counted from 0.</summary>
    public static string Given(int index) => $"network-{index}";

    /// <summary>The network that a soup of given ones measures them from.</summary>
    public const string GivenAnchor = "anchor";

    /// <summary>The zeros of a network that was given.</summary>
    public static string GivenMask(int index) => $"{Given(index)}/mask";

    public static string Prune(int cycle) => $"cycle-{cycle}/prune";

    /// <summary>The cut of a candidate with a mask of its own; candidate 0's keeps the cycle's name, since it is plain iterative pruning.</summary>
    public static string Prune(int cycle, int candidate) => candidate == 0 ? Prune(cycle) : $"{Candidate(cycle, candidate)}/prune";

    public static string Candidate(int cycle, int candidate) => $"cycle-{cycle}/candidate-{candidate}";

    /// <summary>The retraining that the candidates of a cycle start from, and that its soup measures them from.</summary>
    public static string Anchor(int cycle) => $"cycle-{cycle}/anchor";

    public static string Soup(int cycle) => $"cycle-{cycle}/soup";

    /// <summary>The measurement of the checkpoint another node makes.</summary>
    public static string Evaluation(string node) => $"{node}{EvaluationSuffix}";

    /// <summary>The node whose checkpoint an evaluation measures.</summary>
    public static string Evaluated(string evaluation) =>
        evaluation.EndsWith(EvaluationSuffix, StringComparison.Ordinal) ? evaluation[..^EvaluationSuffix.Length] : evaluation;

    /// <summary>The timing of the layers of the checkpoint another node makes.</summary>
    public static string Timing(string node) => $"{node}/timing";

    /// <summary>What comes into the layers of the checkpoint that a node cuts.</summary>
    public static string Statistics(string cut) => $"{cut}/statistics";

    /// <summary>A baseline's own copy of a node; nodes that equal one of the main chain keep the main chain's name.</summary>
    public static string Baseline(string baseline, string node) => $"{baseline}/{node}";
}
