namespace SparsePipeline.Contracts;

/// <summary>One prune–retrain–soup cycle.</summary>
public sealed record ReportedCycle
{
    /// <summary>1-based.</summary>
    public required int Cycle { get; init; }

    /// <summary>Fraction of prunable weights that are zero.</summary>
    public required double Sparsity { get; init; }

    /// <summary>Fraction of all parameters that are pruned weights; null in reports of earlier versions.</summary>
    public double? GlobalSparsity { get; init; }

    /// <summary>Retraining epochs spent on the path to this soup, all candidates of this and earlier cycles counted.</summary>
    public required int Epochs { get; init; }

    /// <summary><see cref="Epochs"/> and those of the pretraining; 0 in reports of earlier versions.</summary>
    public int TotalEpochs { get; init; }

    public required ReportedModel Soup { get; init; }

    public required IReadOnlyList<ReportedModel> Candidates { get; init; }

    public required PruneReport Prune { get; init; }

    public required SoupReport Admission { get; init; }
}
