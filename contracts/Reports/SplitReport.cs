using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>
/// What was measured on one split. For text every token that is predicted counts as an example. Figures that a task does not have, such as the accuracy of
/// a regression, are NaN or null and are not written.
/// </summary>
public sealed record SplitReport
{
    public required int Examples { get; init; }

    /// <summary>
    /// Independent examples that would measure the accuracy as well as these, which hang together; null where all are independent.
    /// Intervals go by it.
    /// </summary>
    public int? EffectiveExamples { get; init; }

    [DefaultValue(double.NaN)]
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>By which of <see cref="Metrics"/> networks are compared; null for <see cref="Accuracy"/>.</summary>
    public string? Primary { get; init; }

    /// <summary>By what networks are compared: the accuracy, or the measure of the task.</summary>
    [JsonIgnore]
    public double Measure => Primary is null ? Accuracy : Metrics![Primary];

    /// <summary>Wilson score interval of the accuracy; null in reports of evaluation version 1, as are the figures below that may be.</summary>
    public Interval? AccuracyInterval { get; init; }

    /// <summary>Mean loss of the task; of classes the cross-entropy in nats, which is the negative log-likelihood (NLL) per example.</summary>
    public required double Loss { get; init; }

    /// <summary>The loss in bits, for text; null for images. Of characters the perplexity is 2 to its power; of longer tokens their characters are counted.</summary>
    public double? BitsPerCharacter { get; init; }

    /// <summary>ECE over 15 equal-width confidence bins (Guo et al. 2017, eq. 3).</summary>
    [DefaultValue(double.NaN)]
    public double ExpectedCalibrationError { get; init; } = double.NaN;

    /// <summary>MCE: the largest gap between confidence and accuracy of a bin that is not empty (Guo et al. 2017).</summary>
    public double? MaximumCalibrationError { get; init; }

    /// <summary>Squared distance between the probabilities and the truth, summed over classes, mean over examples, 0 to 2 (Brier 1950).</summary>
    public double? BrierScore { get; init; }

    /// <summary>Accuracy of the class that is recognised worst.</summary>
    [DefaultValue(double.NaN)]
    public double WorstClassAccuracy { get; init; } = double.NaN;

    /// <summary>Wilson score interval over the examples of that class.</summary>
    public Interval? WorstClassInterval { get; init; }

    /// <summary>The metrics that were asked for, by name, as far as the predictions define them; null when none was.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>Recall per class; null for a class without examples. Null where classes are not looked at one by one.</summary>
    public IReadOnlyList<double?>? ClassAccuracies { get; init; }
}
