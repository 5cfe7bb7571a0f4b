namespace SparsePipeline.Contracts;

/// <summary>Classification metrics on one split.</summary>
public sealed record SplitReport
{
    public required int Examples { get; init; }

    public required double Accuracy { get; init; }

    /// <summary>Mean cross-entropy in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>ECE over 15 equal-width confidence bins (Guo et al. 2017, eq. 3).</summary>
    public required double ExpectedCalibrationError { get; init; }

    /// <summary>Accuracy of the class that is recognised worst.</summary>
    public required double WorstClassAccuracy { get; init; }

    /// <summary>Recall per class; null for a class without examples.</summary>
    public required IReadOnlyList<double?> ClassAccuracies { get; init; }
}
