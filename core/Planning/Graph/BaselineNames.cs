namespace SparsePipeline.Planning;

/// <summary>Networks a run is compared with.</summary>
public static class BaselineNames
{
    /// <summary>The pretrained network before any cut.</summary>
    public const string Dense = "dense";

    /// <summary>Iterative magnitude pruning: the same cycles with one candidate. Costs one candidate per cycle from the second on.</summary>
    public const string Imp = "imp";

    /// <summary>IMP whose retraining takes as many epochs as all candidates together: equal compute. Costs as much as the run.</summary>
    public const string ImpLonger = "imp-longer";

    /// <summary>IMP-longer whose retrainings end in the mean of their last epochs' weights. Costs as much as the run.</summary>
    public const string Swa = "swa";

    /// <summary>IMP-longer whose retrainings end in a moving average of their weights. Costs as much as the run.</summary>
    public const string Ema = "ema";

    /// <summary>Average of m independent IMP runs. Costs as much as the run from the second cycle on; its sparsity is lost.</summary>
    public const string ImpAverage = "imp-average";

    /// <summary>That average cut again to the sparsity of its members. Costs one soup per cycle more.</summary>
    public const string ImpReprune = "imp-reprune";

    /// <summary>Soft vote of the last cycle's candidates. Costs no training, and m networks per prediction.</summary>
    public const string Ensemble = "ensemble";

    /// <summary>Mean over the candidates of a cycle. Costs nothing.</summary>
    public const string MeanCandidate = "mean-candidate";

    /// <summary>The candidate best on validation. Costs nothing.</summary>
    public const string BestCandidate = "best-candidate";

    /// <summary>The candidate best on the split it is measured on: a bound and no competitor. Costs nothing.</summary>
    public const string OracleCandidate = "oracle-candidate";

    public static IReadOnlyList<string> All { get; } =
        [Dense, Imp, ImpLonger, Swa, Ema, ImpAverage, ImpReprune, Ensemble, MeanCandidate, BestCandidate, OracleCandidate];

    /// <summary>What a recipe gets that names none; adding to these would change what such a recipe's run costs.</summary>
    public static IReadOnlyList<string> Default { get; } = [Dense, Imp, ImpLonger, MeanCandidate, BestCandidate];
}
