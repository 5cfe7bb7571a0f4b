namespace SparsePipeline.Contracts;

/// <summary>The test split under one kind of corruption.</summary>
public sealed record CorruptionReport
{
    /// <summary>Its name on the <c>corruption</c> axis.</summary>
    public required string Name { get; init; }

    /// <summary>By severity, ascending.</summary>
    public required IReadOnlyList<SeverityReport> Severities { get; init; }

    /// <summary>Mean accuracy over the severities.</summary>
    public double Accuracy => Severities.Average(s => s.Split.Accuracy);
}
