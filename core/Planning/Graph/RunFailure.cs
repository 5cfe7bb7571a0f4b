using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Why a run cannot finish, told from the essential node where it ends.</summary>
internal static class RunFailure
{
    /// <summary>Null unless the node can have no result. The first such node in dependency order is the root cause.</summary>
    /// <param name="step">The node.</param>
    /// <param name="hasQuorum">Whether some of its inputs may be missing.</param>
    /// <param name="steps">All nodes before it, by name.</param>
    public static StepFailure? Of(PlannedStep step, bool hasQuorum, IReadOnlyDictionary<string, PlannedStep> steps) => step.State switch
    {
        StepState.Failed => Named(step, step.Result!.Failure!),
        StepState.Unreachable => Behind(step, hasQuorum, [.. step.DependsOn.Select(d => steps[d])], steps),
        _ => null,
    };

    private static StepFailure Named(PlannedStep step, StepFailure failure) => failure with { Reason = $"{step.Node}: {failure.Reason}" };

    private static StepFailure Behind(PlannedStep step, bool hasQuorum, IReadOnlyList<PlannedStep> inputs, IReadOnlyDictionary<string, PlannedStep> steps)
    {
        var failed = inputs.Where(i => i.State == StepState.Failed).ToList();
        // A step is unreachable because of one that failed, however far behind it.
        if (failed.Count == 0) return Behind(step, hasQuorum, [.. inputs.Where(i => i.State == StepState.Unreachable).SelectMany(i => i.DependsOn).Select(d => steps[d])], steps);
        var first = failed[0].Result!.Failure!;
        return hasQuorum
            ? new(
                first.Code,
                $"{step.Node}: {failed.Count} of its candidates failed, so its quorum cannot be reached. {failed[0].Node}: {first.Reason}",
                $"{first.Remedy} A lower soup.quorum would let the run go on without failed candidates.")
            : new(first.Code, $"{step.Node} needs {failed[0].Node}, which failed: {first.Reason}", first.Remedy);
    }
}
