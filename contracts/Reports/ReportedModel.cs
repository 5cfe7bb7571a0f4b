namespace SparsePipeline.Contracts;

/// <summary>One evaluated checkpoint.</summary>
public sealed record ReportedModel
{
    /// <summary>SHA-256 of the checkpoint file.</summary>
    public required string Digest { get; init; }

    public required double Accuracy { get; init; }

    /// <summary>Accuracy over the shifted splits; null when the data set has none.</summary>
    public double? ShiftedAccuracy { get; init; }

    public required double ValidationAccuracy { get; init; }

    public required EvaluationReport Evaluation { get; init; }
}
