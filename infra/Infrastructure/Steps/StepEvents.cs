using SparsePipeline.Contracts;

namespace SparsePipeline.Infrastructure.Steps;

/// <summary>The event that tells of a stored result.</summary>
internal static class StepEvents
{
    public static object Of(string runId, StepResult result) => result switch
    {
        { Failure: { } failure } => new StepFailed { RunId = runId, StepKey = result.Key, Kind = result.Kind, Failure = failure },
        { Kind: StepKinds.Evaluate } => new CheckpointEvaluated
        {
            RunId = runId,
            StepKey = result.Key,
            Report = result.Outputs[OutputNames.Report],
        },
        _ => new CheckpointReady
        {
            RunId = runId,
            StepKey = result.Key,
            Kind = result.Kind,
            Checkpoint = result.Outputs[OutputNames.Checkpoint],
        },
    };
}
