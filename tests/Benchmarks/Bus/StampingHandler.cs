using System.Diagnostics;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Benchmarks;

/// <summary>Notes when a step starts, and ends its run at once.</summary>
internal sealed class StampingHandler : IStepHandler<TrainSpec>
{
    private TaskCompletionSource<long> _start = new();

    /// <summary>Timestamp of the next step's start.</summary>
    public Task<long> Next()
    {
        _start = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _start.Task;
    }

    public Task<StepOutcome> ComputeAsync(TrainSpec spec, StepSlice slice, CancellationToken cancellationToken)
    {
        _start.TrySetResult(Stopwatch.GetTimestamp());
        throw new DomainException(FailureCodes.Diverged, "The start is all that is measured.", "None.");
    }
}
