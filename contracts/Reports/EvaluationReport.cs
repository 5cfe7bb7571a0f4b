namespace SparsePipeline.Contracts;

/// <summary>Everything measured on one checkpoint.</summary>
public sealed record EvaluationReport
{
    public required SplitReport Test { get; init; }

    public required SplitReport Validation { get; init; }

    /// <summary>Shifted splits by the names the data set gives them.</summary>
    public required IReadOnlyDictionary<string, SplitReport> Shifts { get; init; }

    /// <summary>Multiply-adds of one forward pass over one example, dense.</summary>
    public required long DenseFlops { get; init; }

    /// <summary>The same, each layer scaled by its density.</summary>
    public required long SparseFlops { get; init; }
}
