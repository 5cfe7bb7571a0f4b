namespace SparsePipeline.Contracts;

/// <summary>Classification metrics on one split. For text every character that is predicted counts as an example.</summary>
public sealed record SplitReport
{
    public required int Examples { get; init; }

    /// <summary>
    /// Independent examples that would measure the accuracy as well as these, which hang together; null where all are independent.
    /// Intervals go by it.
    /// </summary>
    public int? EffectiveExamples { get; init; }

    public required double Accuracy { get; init; }

    /// <summary>Wilson score interval of the accuracy; null in reports of evaluation version 1, as are the figures below that may be.</summary>
    public Interval? AccuracyInterval { get; init; }

    /// <summary>Mean cross-entropy in nats: the negative log-likelihood (NLL) per example.</summary>
    public required double Loss { get; init; }

    /// <summary>The loss in bits, for text; null for images. The perplexity is 2 to its power.</summary>
    public double? BitsPerCharacter { get; init; }

    /// <summary>ECE over 15 equal-width confidence bins (Guo et al. 2017, eq. 3).</summary>
    public required double ExpectedCalibrationError { get; init; }

    /// <summary>MCE: the largest gap between confidence and accuracy of a bin that is not empty (Guo et al. 2017).</summary>
    public double? MaximumCalibrationError { get; init; }

    /// <summary>Squared distance between the probabilities and the truth, summed over classes, mean over examples, 0 to 2 (Brier 1950).</summary>
    public double? BrierScore { get; init; }

    /// <summary>Accuracy of the class that is recognised worst.</summary>
    public required double WorstClassAccuracy { get; init; }

    /// <summary>Wilson score interval over the examples of that class.</summary>
    public Interval? WorstClassInterval { get; init; }

    /// <summary>The metrics that were asked for, by name, as far as the predictions define them; null when none was.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>Recall per class; null for a class without examples.</summary>
    public required IReadOnlyList<double?> ClassAccuracies { get; init; }
}
