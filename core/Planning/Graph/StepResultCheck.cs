using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Treats a result that lacks what later steps read as a failure with a reason, so that planning never throws.</summary>
internal static class StepResultCheck
{
    /// <summary>The result as it is, or as a failure when it says that it succeeded and is of another kind or incomplete.</summary>
    /// <param name="result">What is stored for a step; null when nothing is.</param>
    /// <param name="kind">The step's kind.</param>
    /// <param name="read">Outputs and metrics that steps of the graph read, whatever the kind is.</param>
    public static StepResult? Complete(StepResult? result, string kind, IReadOnlyCollection<string> read)
    {
        if (result is null || result.Failure is not null) return result;
        if (result.Kind != kind) return result with { Failure = Unusable(result, $"is one of a step of kind '{result.Kind}', not of kind '{kind}'") };
        var needed = StepKinds.Find(kind);
        var missing = needed?.Outputs.FirstOrDefault(o => !result.Outputs.ContainsKey(o)) ?? needed?.Metrics.FirstOrDefault(m => !MetricNames.Has(result.Metrics, m))
            ?? read.FirstOrDefault(name => !result.Outputs.ContainsKey(name) && !result.Metrics.ContainsKey(name));
        return missing is null ? result : result with { Failure = Unusable(result, $"lacks '{missing}'") };
    }

    private static StepFailure Unusable(StepResult result, string problem) => new(
        FailureCodes.CorruptArtifact,
        $"The result of step {result.Key} {problem}.",
        $"Delete steps/{result.Key}/result.json, or let `sparsepipe repair` do it, so that the step runs again.");
}
