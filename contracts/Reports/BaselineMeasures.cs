namespace SparsePipeline.Contracts;

/// <summary>What a baseline is worth on every split, by the measure of the task.</summary>
public sealed record BaselineMeasures
{
    public required double Test { get; init; }

    /// <summary>Null in reports of earlier versions.</summary>
    public double? Validation { get; init; }

    /// <summary>Over all shifted examples together; null when the data set has no shifts.</summary>
    public double? Shifted { get; init; }

    /// <summary>On each shifted split, by the name the data set gives it.</summary>
    public IReadOnlyDictionary<string, double> Shifts { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Mean over all kinds and severities of corruption; null when none was asked for.</summary>
    public double? Corrupted { get; init; }

    /// <summary>On the test split after each cycle, for baselines that go through the cycles; empty for others.</summary>
    public IReadOnlyList<double> Cycles { get; init; } = [];

    /// <summary>Over all shifted examples after each cycle, likewise.</summary>
    public IReadOnlyList<double> CyclesShifted { get; init; } = [];

    /// <summary>Under corruption after each cycle, likewise.</summary>
    public IReadOnlyList<double> CyclesCorrupted { get; init; } = [];

    /// <summary>The same without what belongs to cycles.</summary>
    public BaselineMeasures WithoutCycles() => this with { Cycles = [], CyclesShifted = [], CyclesCorrupted = [] };
}
