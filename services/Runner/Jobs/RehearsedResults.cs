using SparsePipeline.Contracts;
using SparsePipeline.Planning;

namespace SparsePipeline.Runner.Jobs;

/// <summary>Results of steps that were not done: what the steps after them need, and no figure that means anything.</summary>
internal static class RehearsedResults
{
    /// <summary>What lets the steps after one that is refused be looked at too; null where they have nothing to start from.</summary>
    /// <param name="step">The step.</param>
    /// <param name="measure">Name of what networks are compared by; null for accuracy.</param>
    public static StepResult? Unchanged(PlannedStep step, string? measure) => step.Spec switch
    {
        TrainSpec { Mask: not null, Checkpoint: { } checkpoint } => Trained(step, checkpoint, measure),
        PruneSpec { Mask: { } mask } spec => Pruned(step, spec.Checkpoint, mask, normDrop: 0.1, prunedFraction: 0.1),
        SoupSpec spec => Cooked(step, spec, measure),
        EvaluateSpec or TimeSpec => Measured(step, measure),
        _ => null,
    };

    public static StepResult Trained(PlannedStep step, ArtifactRef checkpoint, string? measure, ArtifactRef? mask = null) => Result(step) with
    {
        Outputs = Outputs(
        [
            (OutputNames.Checkpoint, checkpoint), (OutputNames.Report, Reference(step.Key!, ArtifactFormats.Json)), .. mask is null ? [] : new[] { (OutputNames.Mask, mask) },
        ]),
        Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.OnValidation(measure)] = 0.5 },
    };

    public static StepResult Pruned(PlannedStep step, ArtifactRef checkpoint, ArtifactRef mask, double normDrop, double prunedFraction) => Result(step) with
    {
        Outputs = Outputs((OutputNames.Checkpoint, checkpoint), (OutputNames.Mask, mask)),
        Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.NormDrop] = normDrop, [MetricNames.PrunedFraction] = prunedFraction },
    };

    public static StepResult Collected(PlannedStep step, ArtifactRef statistics) => Result(step) with { Outputs = Outputs((OutputNames.Statistics, statistics)) };

    public static StepResult Cooked(PlannedStep step, SoupSpec spec, string? measure) => Result(step) with
    {
        Outputs = Outputs((OutputNames.Checkpoint, spec.Candidates[0].Checkpoint)),
        Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { [MetricNames.OnValidation(measure)] = 0.5 },
    };

    public static StepResult Measured(PlannedStep step, string? measure) => Result(step) with
    {
        Outputs = Outputs((OutputNames.Report, Reference(step.Key!, ArtifactFormats.Json))),
        Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { [measure is null ? MetricNames.Accuracy : MetricNames.Test + measure] = 0.5, [MetricNames.OnValidation(measure)] = 0.5 },
    };

    private static StepResult Result(PlannedStep step) => new()
    {
        Key = step.Key!,
        Kind = step.Kind,
        CompletedAt = DateTimeOffset.UnixEpoch,
        Seconds = 0,
        Worker = "rehearsal",
    };

    private static SortedDictionary<string, ArtifactRef> Outputs(params (string Name, ArtifactRef Artifact)[] outputs) =>
        new(outputs.ToDictionary(o => o.Name, o => o.Artifact), StringComparer.Ordinal);

    public static StepResult Failed(PlannedStep step, StepFailure failure) => Result(step) with { Failure = failure };

    /// <summary>Something that a step made; its key tells it from all others.</summary>
    public static ArtifactRef Reference(string key, string format) => new(key, SizeBytes: 0, format);
}
