namespace SparsePipeline.Contracts;

/// <summary>One training of a run, epoch by epoch.</summary>
public sealed record ReportedCurve
{
    /// <summary>Its place in the run: <c>dense</c>, <c>cycle-2/candidate-3</c>, <c>imp-longer/cycle-1/candidate-0</c>.</summary>
    public required string Node { get; init; }

    /// <summary>Validation examples measured after every epoch; 0 for trainings of earlier versions, which measured none.</summary>
    public required int ValidationExamples { get; init; }

    public required IReadOnlyList<CurvePoint> Epochs { get; init; }
}
