using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Cli.Reports.Building;

/// <summary>Every checkpoint of a run that has been evaluated, by the node that made it.</summary>
internal static class EvaluatedModels
{
    public static async Task<IReadOnlyDictionary<string, ReportedModel>> ReadAsync(Plan plan, ReportReader reader, CancellationToken cancellationToken)
    {
        var steps = plan.Steps.ToDictionary(s => s.Node, StringComparer.Ordinal);
        var models = new Dictionary<string, ReportedModel>(StringComparer.Ordinal);
        foreach (var step in plan.Steps.Where(s => s.Result?.Outputs.ContainsKey(OutputNames.Checkpoint) == true))
        {
            var evaluation = steps.GetValueOrDefault(NodeNames.Evaluation(step.Node));
            if (await reader.ReadAsync<EvaluationReport>(evaluation, cancellationToken) is { } report)
                models[step.Node] = Model(step.Result!.Outputs[OutputNames.Checkpoint], evaluation!.Result!, report);
        }

        return models;
    }

    private static ReportedModel Model(ArtifactRef checkpoint, StepResult evaluation, EvaluationReport report) => new()
    {
        Digest = checkpoint.Digest,
        Accuracy = report.Test.Accuracy,
        ShiftedAccuracy = evaluation.Metrics.TryGetValue(MetricNames.ShiftedAccuracy, out var shifted) ? shifted : null,
        ValidationAccuracy = report.Validation.Accuracy,
        Evaluation = report,
    };
}
