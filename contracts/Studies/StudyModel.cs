namespace SparsePipeline.Contracts;

/// <summary>One network of a run, or a statistic over several.</summary>
public sealed record StudyModel
{
    /// <summary><see cref="Soup"/>, or a baseline's name.</summary>
    public required string Name { get; init; }

    /// <summary>By <see cref="StudySplits"/>: accuracies, or the <see cref="StudyReport.Measure"/> of the study.</summary>
    public required IReadOnlyDictionary<string, double> Accuracies { get; init; }

    /// <summary>Fraction of prunable weights that are zero.</summary>
    public required double Sparsity { get; init; }

    /// <summary>Retraining epochs spent on the path to it.</summary>
    public required int Epochs { get; init; }

    /// <summary>On the test split, over 15 bins; null for a statistic over several networks, and for networks without probabilities of classes.</summary>
    public double? ExpectedCalibrationError { get; init; }

    /// <summary>The name of the last cycle's soup.</summary>
    public const string Soup = "soup";
}
