using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator;

/// <summary>Times the layers of a checkpoint, in a runner process on this machine.</summary>
public sealed class TimeStepHandler(IRunnerPool runners) : IStepHandler<TimeSpec>
{
    /// <inheritdoc />
    public async Task<StepOutcome> ComputeAsync(TimeSpec spec, StepSlice slice, CancellationToken cancellationToken)
    {
        var request = new TimeRequest(spec.Checkpoint, spec.Model, spec.Data, spec.Batch, spec.Versions) { Task = spec.Task };
        var reply = await runners.RunAsync<TimeRequest, TimeReply>(request, slice.Progress, cancellationToken);
        return new StepOutcome
        {
            Outputs = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal) { [OutputNames.Report] = reply.Report },
            Seconds = reply.Seconds,
        };
    }
}
