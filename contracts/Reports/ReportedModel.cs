using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SparsePipeline.Contracts;

/// <summary>One evaluated checkpoint.</summary>
public sealed record ReportedModel
{
    /// <summary>SHA-256 of the checkpoint file.</summary>
    public required string Digest { get; init; }

    /// <summary>On the test split; NaN and not written for tasks that are compared by something else, which <see cref="Evaluation"/> has.</summary>
    [DefaultValue(double.NaN)]
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>Accuracy over the shifted splits; null when the data set has none.</summary>
    public double? ShiftedAccuracy { get; init; }

    /// <summary>On the validation split, likewise.</summary>
    [DefaultValue(double.NaN)]
    public double ValidationAccuracy { get; init; } = double.NaN;

    public required EvaluationReport Evaluation { get; init; }

    /// <summary>By what networks are compared, on the test split.</summary>
    [JsonIgnore]
    public double Measure => Evaluation.Test.Primary is null ? Accuracy : Evaluation.Test.Measure;

    /// <summary>The same over the shifted splits; null when the data set has none.</summary>
    [JsonIgnore]
    public double? ShiftedMeasure => Evaluation.Test.Primary is null ? ShiftedAccuracy : Evaluation.ShiftedMeasure;
}
