using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>One line of the comparison.</summary>
public sealed record ReportedBaseline
{
    public required string Name { get; init; }

    /// <summary>On the test split; NaN and not written for tasks that are compared by something else.</summary>
    [DefaultValue(double.NaN)]
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>On the validation split; null in reports of earlier versions.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>Over all shifted examples together; null when the data set has no shifts.</summary>
    public double? ShiftedAccuracy { get; init; }

    /// <summary>On each shifted split, by the name the data set gives it.</summary>
    public IReadOnlyDictionary<string, double> ShiftAccuracies { get; init; } = new SortedDictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Mean over all kinds and severities of corruption; null when none was asked for.</summary>
    public double? CorruptedAccuracy { get; init; }

    /// <summary>Fraction of prunable weights that are zero, as measured: an average of networks with masks of their own is denser than they are.</summary>
    public required double Sparsity { get; init; }

    /// <summary>Fraction of all parameters that are pruned weights; null in reports of earlier versions and before a cycle was finished.</summary>
    public double? GlobalSparsity { get; init; }

    /// <summary>Retraining epochs spent on the path to it, all cycles and candidates counted.</summary>
    public required int Epochs { get; init; }

    /// <summary><see cref="Epochs"/> and those of the pretraining; 0 in reports of earlier versions.</summary>
    public int TotalEpochs { get; init; }

    /// <summary>Networks evaluated for one prediction: 1, or as many as an ensemble has.</summary>
    public int Networks { get; init; } = 1;

    /// <summary>Whether the test split chose it, each split for itself: a bound to look at and no competitor.</summary>
    public bool IsOracle { get; init; }

    /// <summary>Accuracy after each cycle, for baselines that go through the cycles.</summary>
    public IReadOnlyList<double> CycleAccuracies { get; init; } = [];

    /// <summary>Shifted accuracy after each cycle; empty when there are no cycles or no shifted splits.</summary>
    public IReadOnlyList<double> CycleShiftedAccuracies { get; init; } = [];

    /// <summary>Mean over all kinds and severities of corruption after each cycle; empty when there are no cycles or none was asked for.</summary>
    public IReadOnlyList<double> CycleCorruptedAccuracies { get; init; } = [];

    /// <summary>Sparsity after each cycle, as measured; empty for those measured once.</summary>
    public IReadOnlyList<double> CycleSparsities { get; init; } = [];

    /// <summary>In place of all accuracies, for tasks whose networks are compared by something else; null where accuracies are compared.</summary>
    public BaselineMeasures? Measures { get; init; }

    /// <summary>Whichever there are, of what networks are compared by.</summary>
    [JsonIgnore]
    public BaselineMeasures Compared => Measures ?? new BaselineMeasures
    {
        Test = Accuracy,
        Validation = ValidationAccuracy,
        Shifted = ShiftedAccuracy,
        Shifts = ShiftAccuracies,
        Corrupted = CorruptedAccuracy,
        Cycles = CycleAccuracies,
        CyclesShifted = CycleShiftedAccuracies,
        CyclesCorrupted = CycleCorruptedAccuracies,
    };

    /// <summary>Everything measured on it; null for a baseline that is a statistic over several checkpoints.</summary>
    public EvaluationReport? Evaluation { get; init; }

    /// <summary>The last soup minus this baseline, example by example; null while one of them has not been measured that way.</summary>
    public SplitDifferences? SoupMinusThis { get; init; }
}
