using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator;

/// <summary>Collects what comes into the layers of a checkpoint, in a runner process.</summary>
public sealed class CollectStepHandler(IRunnerPool runners) : IStepHandler<CollectSpec>
{
    /// <inheritdoc />
    public async Task<StepOutcome> ComputeAsync(CollectSpec spec, StepSlice slice, CancellationToken cancellationToken)
    {
        var reply = await runners.RunAsync<CollectRequest, CollectReply>(new CollectRequest(spec), slice.Progress, cancellationToken);
        var outputs = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal) { [OutputNames.Statistics] = reply.Statistics };
        if (reply.Solution is { } solution)
            outputs[OutputNames.Solution] = solution;
        return new StepOutcome
        {
            Outputs = outputs,
            Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
            {
                [MetricNames.Layers] = reply.Layers,
                [MetricNames.Examples] = reply.Examples,
                [MetricNames.Passes] = reply.Passes,
            },
            Seconds = reply.Seconds,
        };
    }
}
