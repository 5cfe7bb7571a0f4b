namespace SparsePipeline.Contracts;

/// <summary>One network of a run without cycles of soups.</summary>
public sealed record ReportedNetwork
{
    /// <summary>The node that made it, or the name of one that was given, for example <c>cycle-1/prune</c>.</summary>
    public required string Node { get; init; }

    /// <summary>SHA-256 of the checkpoint file; null when another version measured it.</summary>
    public string? Digest { get; init; }

    /// <summary>Fraction of prunable weights that are zero; null when that was not measured.</summary>
    public double? Sparsity { get; init; }

    /// <summary>Training epochs behind it, those of the pretraining included.</summary>
    public required int Epochs { get; init; }

    /// <summary>The same without those of the pretraining.</summary>
    public int RetrainingEpochs { get; init; }

    public required EvaluationReport Evaluation { get; init; }
}
