using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Reads the epochs of every finished training.</summary>
internal static class CurveBuilder
{
    /// <param name="plan">The run.</param>
    /// <param name="measure">By what its networks are compared; null for accuracy. Accuracies of a network that another is made for are not put beside it.</param>
    /// <param name="reader">Reads documents.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<IReadOnlyList<ReportedCurve>> BuildAsync(Plan plan, MeasureInfo? measure, ReportReader reader, CancellationToken cancellationToken)
    {
        var curves = new List<ReportedCurve>();
        foreach (var step in plan.Steps.Where(s => s.Kind == StepKinds.Train))
            if (await reader.ReadAsync<TrainReport>(step, cancellationToken) is { Epochs.Count: > 0 } log)
                curves.Add(Curve(step.Node, log, measure is null, await reader.ReadAsync<LearningCurve>(step, OutputNames.Curve, cancellationToken)));
        return curves;
    }

    private static ReportedCurve Curve(string node, TrainReport log, bool byAccuracy, LearningCurve? validation)
    {
        var points = validation?.Points.ToDictionary(p => p.Epoch) ?? [];
        return new ReportedCurve
        {
            Node = node,
            ValidationExamples = validation?.Examples ?? 0,
            Epochs = [.. log.Epochs.Select(e => new CurvePoint(
                e.Epoch, e.TrainingLoss, points.GetValueOrDefault(e.Epoch)?.Loss, byAccuracy ? points.GetValueOrDefault(e.Epoch)?.Accuracy : null)
            {
                ValidationMeasure = points.GetValueOrDefault(e.Epoch)?.Measure,
            })],
        };
    }
}
