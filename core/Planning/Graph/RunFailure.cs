using SparsePipeline.Contracts;

namespace SparsePipeline.Planning;

/// <summary>Why a run cannot finish, told from the essential node where it ends.</summary>
internal static class RunFailure
{
    /// <summary>Null unless the node can have no result. The first such node in dependency order is the root cause.</summary>
    public static StepFailure? Of(PlannedStep step, IEnumerable<PlannedStep> inputs) => step.State switch
    {
        StepState.Failed => Named(step, step.Result!.Failure!),
        StepState.Unreachable => BelowQuorum(step, [.. inputs.Where(i => i.State == StepState.Failed)]),
        _ => null,
    };

    private static StepFailure Named(PlannedStep step, StepFailure failure) => failure with { Reason = $"{step.Node}: {failure.Reason}" };

    private static StepFailure BelowQuorum(PlannedStep soup, IReadOnlyList<PlannedStep> failed)
    {
        var first = failed[0].Result!.Failure!;
        return new(
            first.Code,
            $"{soup.Node}: {failed.Count} of its candidates failed, so its quorum cannot be reached. {failed[0].Node}: {first.Reason}",
            $"{first.Remedy} A lower soup.quorum would let the run go on without failed candidates.");
    }
}
