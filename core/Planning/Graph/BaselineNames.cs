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

    /// <summary>Mean over the candidates of a cycle. Costs nothing.</summary>
    public const string MeanCandidate = "mean-candidate";

    /// <summary>The candidate best on validation. Costs nothing.</summary>
    public const string BestCandidate = "best-candidate";

    public static IReadOnlyList<string> All { get; } = [Dense, Imp, ImpLonger, MeanCandidate, BestCandidate];
}
