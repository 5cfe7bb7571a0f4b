using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Reads the epochs of every finished training.</summary>
internal static class CurveBuilder
{
    public static async Task<IReadOnlyList<ReportedCurve>> BuildAsync(Plan plan, ReportReader reader, CancellationToken cancellationToken)
    {
        var curves = new List<ReportedCurve>();
        foreach (var step in plan.Steps.Where(s => s.Kind == StepKinds.Train))
            if (await reader.ReadAsync<TrainReport>(step, cancellationToken) is { Epochs.Count: > 0 } log)
                curves.Add(Curve(step.Node, log, await reader.ReadAsync<LearningCurve>(step, OutputNames.Curve, cancellationToken)));
        return curves;
    }

    private static ReportedCurve Curve(string node, TrainReport log, LearningCurve? validation)
    {
        var points = validation?.Points.ToDictionary(p => p.Epoch) ?? [];
        return new ReportedCurve
        {
            Node = node,
            ValidationExamples = validation?.Examples ?? 0,
            Epochs = [.. log.Epochs.Select(e => new CurvePoint(
                e.Epoch, e.TrainingLoss, points.GetValueOrDefault(e.Epoch)?.Loss, points.GetValueOrDefault(e.Epoch)?.Accuracy)
            {
                ValidationMeasure = points.GetValueOrDefault(e.Epoch)?.Measure,
            })],
        };
    }
}
