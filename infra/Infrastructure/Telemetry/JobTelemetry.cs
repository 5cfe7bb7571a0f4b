using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Telemetry of a runner process, which has no host that would start it.</summary>
public static class JobTelemetry
{
    private static readonly ActivitySource Source = new(TelemetryNames.Runners);

    /// <summary>Starts what <see cref="TelemetryRegistration.AddSparsePipelineTelemetry"/> added; it ends with the services.</summary>
    public static void Start(IServiceProvider services)
    {
        services.GetService<TracerProvider>();
        services.GetService<MeterProvider>();
    }

    /// <summary>A span around a job as its runner sees it; null when nobody listens.</summary>
    /// <param name="job">A job's name, see <see cref="Runners.IRunnerRequest{TReply}"/>.</param>
    /// <param name="traceParent">The parent's W3C trace context, if it told one.</param>
    public static Activity? StartJob(string? job, string? traceParent) =>
        Source.StartActivity("job " + job, ActivityKind.Server, TraceParent.Read(traceParent));
}
