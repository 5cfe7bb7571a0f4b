using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics.Scorers;

/// <summary>Measures predictions of one real number for each example, in its own unit: the mean of (ŷ − y)², the mean of |ŷ − y|, and R² = 1 − Σ(ŷ − y)² / Σ(y − ȳ)² over the split.</summary>
/// <remarks>The loss is what is trained by, of standardised numbers. Several networks predict the mean of their outputs.</remarks>
/// <param name="scale">How the numbers were standardised.</param>
internal sealed class TargetScorer(TargetScale scale) : IScorer
{
    public const string MeanAbsoluteError = "mean-absolute-error";
    public const string Determination = "r-squared";

    /// <summary>What it says, the deciding one first.</summary>
    public static IReadOnlyList<MeasureInfo> Measures { get; } =
    [
        ErrorScorer.Measures[0],
        new(MeanAbsoluteError, "mean absolute error", FigureInfo.Real, HigherIsBetter: false),
        new(Determination, "R²", FigureInfo.Real, HigherIsBetter: true),
    ];

    private readonly ErrorScorer _errors = new(1, b => b.Targets!);

    public void Add(IReadOnlyList<torch.Tensor> outputs, Batch batch) => _errors.Add(outputs, batch);

    public SplitReport Report() => _errors.Report() with
    {
        Metrics = ErrorScorer.Figures(
        [
            (ErrorScorer.MeanSquaredError, _errors.Error * scale.Deviation * scale.Deviation),
            (MeanAbsoluteError, _errors.Absolute / _errors.Examples * scale.Deviation),
            (Determination, _errors.Explained),
        ]),
    };

    /// <summary>(ŷ − y)² of every example, in the unit of the data.</summary>
    public IReadOnlyList<float> Values() => [.. _errors.Values().Select(e => (float)(e * scale.Deviation * scale.Deviation))];
}
