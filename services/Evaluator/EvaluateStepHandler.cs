using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Runners;
using SparsePipeline.Infrastructure.Steps;

namespace SparsePipeline.Evaluator;

/// <summary>Measures one checkpoint, or several that vote, in a runner process.</summary>
public sealed class EvaluateStepHandler(IRunnerPool runners) : IStepHandler<EvaluateSpec>
{
    /// <inheritdoc />
    public async Task<StepOutcome> ComputeAsync(EvaluateSpec spec, StepSlice slice, CancellationToken cancellationToken)
    {
        var request = new EvaluateRequest(spec);
        var reply = await runners.RunAsync<EvaluateRequest, EvaluateReply>(request, slice.Progress, cancellationToken);
        var outputs = new SortedDictionary<string, ArtifactRef>(StringComparer.Ordinal)
        {
            [OutputNames.Report] = reply.Report,
        };
        if (reply.Correctness is { } correctness)
            outputs[OutputNames.Correctness] = correctness;
        if (reply.Examples is { } examples)
            outputs[OutputNames.ExampleMeasures] = examples;
        return new StepOutcome { Outputs = outputs, Metrics = reply.Metrics, Seconds = reply.Seconds };
    }
}
