using System.Diagnostics;
using OpenTelemetry.Trace;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Begins traces with runs only: a nudge or an event that belongs to no trace would be one of a single span, thousands a day.</summary>
internal sealed class RunSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Internal ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
}
