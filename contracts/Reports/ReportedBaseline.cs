namespace SparsePipeline.Contracts;

/// <summary>One line of the comparison.</summary>
public sealed record ReportedBaseline
{
    public required string Name { get; init; }

    public required double Accuracy { get; init; }

    public double? ShiftedAccuracy { get; init; }

    public required double Sparsity { get; init; }

    /// <summary>Retraining epochs spent on the path to it, all cycles and candidates counted.</summary>
    public required int Epochs { get; init; }

    /// <summary>Accuracy after each cycle, for baselines that go through the cycles.</summary>
    public IReadOnlyList<double> CycleAccuracies { get; init; } = [];

    /// <summary>Shifted accuracy after each cycle; empty when there are no cycles or no shifted splits.</summary>
    public IReadOnlyList<double> CycleShiftedAccuracies { get; init; } = [];

    /// <summary>Everything measured on it; null for a baseline that is a statistic over several checkpoints.</summary>
    public EvaluationReport? Evaluation { get; init; }
}
