using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Trainer;

/// <summary>Trains one slice in a runner process, which reads its inputs from the store and leaves its outputs there.</summary>
public sealed class TrainStepHandler(IRunnerPool runners, IOptions<TrainingSliceOptions> slices) : IStepHandler<TrainSpec>
{
    /// <inheritdoc />
    public async Task<StepOutcome> ComputeAsync(TrainSpec spec, StepSlice slice, CancellationToken cancellationToken)
    {
        var request = new TrainRequest(spec, slice.ResumePoint, slices.Value.BudgetSeconds, slices.Value.CheckpointSeconds);
        var reply = await runners.RunAsync<TrainRequest, TrainReply>(request, slice.Progress, cancellationToken);
        return reply.ResumePoint is { } point
            ? new StepOutcome { ResumePoint = point, Seconds = reply.Seconds }
            : new StepOutcome { Outputs = reply.Outputs!, Metrics = reply.Metrics!, Seconds = reply.Seconds };
    }
}
