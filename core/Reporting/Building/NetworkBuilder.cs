using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Reporting.Building;

/// <summary>Every network that a run measured, for workflows without cycles of soups.</summary>
internal static class NetworkBuilder
{
    /// <param name="plan">The run.</param>
    /// <param name="measurements">What it measured.</param>
    /// <returns>In the order of the plan; none when the run has cycles of soups, which tell more.</returns>
    public static IReadOnlyList<ReportedNetwork> Build(Plan plan, Measurements measurements) => HasCycles(plan) ? [] :
    [
        .. from step in plan.Steps
           where step.Kind == StepKinds.Evaluate && measurements.Of(step.Node) is not null
           select Network(step, measurements.Of(step.Node)!.Report, plan),
    ];

    private static bool HasCycles(Plan plan) => plan.Steps.Any(s => s.Node == NodeNames.Soup(1));

    private static ReportedNetwork Network(PlannedStep measured, EvaluationReport report, Plan plan) => new()
    {
        Node = NodeNames.Evaluated(measured.Node),
        Digest = (measured.Spec as EvaluateSpec)?.Checkpoint.Digest,
        Sparsity = report.Compression is { } compression ? Zeros(compression) : null,
        Epochs = new RetrainingCost(plan).Behind(measured.Node).Sum(s => s.Epochs),
        RetrainingEpochs = new RetrainingCost(plan).Of(measured.Node),
        Evaluation = report,
    };

    private static double? Zeros(CompressionReport compression) => compression.Layers.Sum(l => l.Total) is > 0 and var total
        ? 1 - ((double)compression.Layers.Sum(l => l.Kept) / total)
        : null;
}
