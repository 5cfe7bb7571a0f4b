using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Everything a run has measured, by the node that measured it.</summary>
internal sealed class Measurements
{
    private readonly Dictionary<string, MeasuredNetwork> _byNode = new(StringComparer.Ordinal);

    public static async Task<Measurements> ReadAsync(Plan plan, ReportReader reader, CancellationToken cancellationToken)
    {
        var all = new Measurements();
        foreach (var step in plan.Steps.Where(s => s.Kind == StepKinds.Evaluate))
            if (await reader.ReadAsync<EvaluationReport>(step, cancellationToken) is { } report)
                all._byNode[step.Node] = new(
                    await TimedAsync(report, step, plan, reader, cancellationToken),
                    await reader.ReadAsync<CorrectnessReport>(step, OutputNames.Correctness, cancellationToken),
                    await reader.ReadAsync<ExampleMeasures>(step, OutputNames.ExampleMeasures, cancellationToken),
                    step.Spec?.Inputs.Count() ?? 1);
        return all;
    }

    // Reports of versions that timed the layers while they evaluated have the times already.
    private static async Task<EvaluationReport> TimedAsync(EvaluationReport report, PlannedStep step, Plan plan, ReportReader reader, CancellationToken cancellationToken) =>
        plan.Steps.FirstOrDefault(s => s.Node == NodeNames.Timing(NodeNames.Evaluated(step.Node))) is { } timing
            && await reader.ReadAsync<LatencyReport>(timing, cancellationToken) is { } latency
            ? report with { Latency = latency }
            : report;

    /// <summary>What an evaluation found; null while it has found nothing.</summary>
    public MeasuredNetwork? Of(string evaluation) => _byNode.GetValueOrDefault(evaluation);

    /// <summary>Those candidates of a cycle that were measured, in their order.</summary>
    public IReadOnlyList<MeasuredNetwork> Candidates(Recipe recipe, int cycle) =>
        [.. Enumerable.Range(0, recipe.Retraining.Candidates)
            .Select(i => Of(NodeNames.Evaluation(NodeNames.Candidate(cycle, i)))).OfType<MeasuredNetwork>()];

    /// <summary>The checkpoint that a node made, with what was found about it; null while one of both is missing.</summary>
    public ReportedModel? Model(PlannedStep? maker) =>
        maker?.Result?.Outputs.GetValueOrDefault(OutputNames.Checkpoint) is { } checkpoint && Of(NodeNames.Evaluation(maker.Node)) is { } measured
            ? new ReportedModel
            {
                Digest = checkpoint.Digest,
                Accuracy = measured.Report.Test.Primary is null ? measured.Report.Test.Accuracy : double.NaN,
                ShiftedAccuracy = measured.Report.ShiftedAccuracy,
                ValidationAccuracy = measured.Report.Test.Primary is null ? measured.Report.Validation.Accuracy : double.NaN,
                Evaluation = measured.Report,
            }
            : null;
}
