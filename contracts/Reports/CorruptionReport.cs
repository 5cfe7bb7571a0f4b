using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>The test split under one kind of corruption.</summary>
public sealed record CorruptionReport
{
    /// <summary>Its name on the <c>corruption</c> axis.</summary>
    public required string Name { get; init; }

    /// <summary>By severity, ascending.</summary>
    public required IReadOnlyList<SeverityReport> Severities { get; init; }

    /// <summary>Mean accuracy over the severities; null for tasks that are compared by something else.</summary>
    public double? Accuracy => Severities.All(s => s.Split.Primary is null) ? Measure : null;

    /// <summary>Mean over the severities of what networks are compared by.</summary>
    [JsonIgnore]
    public double Measure => Severities.Average(s => s.Split.Measure);
}
