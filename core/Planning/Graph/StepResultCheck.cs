using System.Collections.Frozen;
using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Treats a result that lacks what later steps read as a failure with a reason, so that planning never throws.</summary>
internal static class StepResultCheck
{
    private static readonly FrozenDictionary<string, (string[] Outputs, string[] Metrics)> Needed =
        new Dictionary<string, (string[] Outputs, string[] Metrics)>(StringComparer.Ordinal)
        {
            [StepKinds.Train] = ([OutputNames.Checkpoint, OutputNames.Report], [MetricNames.ValidationAccuracy]),
            [StepKinds.Prune] = ([OutputNames.Checkpoint, OutputNames.Mask], [MetricNames.NormDrop, MetricNames.PrunedFraction]),
            [StepKinds.Soup] = ([OutputNames.Checkpoint], []),
            [StepKinds.Evaluate] = ([OutputNames.Report], [MetricNames.Accuracy]),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The result as it is, or as a failure when it says that it succeeded and is incomplete.</summary>
    public static StepResult? Complete(StepResult? result)
    {
        if (result is null || result.Failure is not null) return result;
        var (outputs, metrics) = Needed[result.Kind];
        var missing = outputs.FirstOrDefault(o => !result.Outputs.ContainsKey(o)) ?? metrics.FirstOrDefault(m => !result.Metrics.ContainsKey(m));
        return missing is null ? result : result with { Failure = Incomplete(result, missing) };
    }

    private static StepFailure Incomplete(StepResult result, string missing) => new(
        FailureCodes.CorruptArtifact,
        $"The result of {result.Kind} step {result.Key} lacks '{missing}'.",
        $"Delete steps/{result.Key}/result.json so that the step runs again.");
}
