using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>Everything measured on one checkpoint.</summary>
public sealed record EvaluationReport
{
    public required SplitReport Test { get; init; }

    public required SplitReport Validation { get; init; }

    /// <summary>Shifted splits by the names the data set gives them.</summary>
    public required IReadOnlyDictionary<string, SplitReport> Shifts { get; init; }

    /// <summary>
    /// Accuracy over all shifted examples together; null when there is no shift. It follows from the splits, and is not written with them.
    /// </summary>
    [JsonIgnore]
    public double? ShiftedAccuracy =>
        Test.Primary is null ? ShiftedMeasure : null;

    /// <summary>By what networks are compared, as a mean over all shifted examples; null when there is no shift.</summary>
    [JsonIgnore]
    public double? ShiftedMeasure => Shifts.Count == 0 ? null : Shifts.Values.Sum(s => s.Measure * s.Examples) / Shifts.Values.Sum(s => s.Examples);

    /// <summary>Accuracy on the shifted split that is recognised worst: the worst group. Null when there is none.</summary>
    public double? WorstShiftAccuracy => Shifts.Count == 0 || Test.Primary is not null ? null : Shifts.Values.Min(s => s.Accuracy);

    /// <summary>The corruptions asked for, in ordinal order of their names; empty when none was.</summary>
    public IReadOnlyList<CorruptionReport> Corruptions { get; init; } = [];

    /// <summary>
    /// Mean accuracy over all kinds and severities; null when none was asked for. It has no interval: all its pictures come from the same
    /// test examples, so they are not independent.
    /// </summary>
    public double? CorruptedAccuracy => Test.Primary is null ? CorruptedMeasure : null;

    /// <summary>The same of what networks are compared by.</summary>
    [JsonIgnore]
    public double? CorruptedMeasure => Corruptions.Count == 0 ? null : Corruptions.Average(c => c.Measure);

    /// <summary>Multiply-adds of one forward pass over one example, dense; null where the layers cannot be seen, as in a script.</summary>
    public long? DenseFlops { get; init; }

    /// <summary>The same, each layer scaled by its density.</summary>
    public long? SparseFlops { get; init; }

    /// <summary>Density, alarms and bytes; null of several networks that vote, and in reports written before it was looked at.</summary>
    public CompressionReport? Compression { get; init; }

    /// <summary>Layers timed dense and sparse, where that was asked for: measured by a step of its own, and put here by whoever reports.</summary>
    public LatencyReport? Latency { get; init; }
}
