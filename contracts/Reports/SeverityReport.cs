namespace SparsePipeline.Contracts;

/// <summary>The test split under one kind of corruption at one severity.</summary>
/// <param name="Severity">1, mild, to 5, severe.</param>
/// <param name="Split">What was measured.</param>
public sealed record SeverityReport(int Severity, SplitReport Split);
