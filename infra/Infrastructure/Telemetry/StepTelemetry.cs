using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Spans and metrics of steps, for the workers.</summary>
public static class StepTelemetry
{
    private static readonly ActivitySource Source = new(TelemetryNames.Steps);
    private static readonly Meter Meter = new(TelemetryNames.Steps);
    private static readonly Counter<long> Steps = Meter.Counter(MetricList.Steps);
    private static readonly Histogram<double> Seconds = Meter.Histogram(MetricList.StepSeconds);
    private static readonly Histogram<double> QueueAge = Meter.Histogram(MetricList.QueueAge);
    private static readonly Counter<long> CacheHits = Meter.Counter(MetricList.CacheHits);
    private static readonly Counter<long> Resent = Meter.Counter(MetricList.CommandsResent);
    private static readonly Counter<long> Expired = Meter.Counter(MetricList.ClaimsExpired);

    /// <summary>Whether anybody listens to spans.</summary>
    internal static bool IsTraced => Source.HasListeners();

    /// <summary>A span around the submission of a run; null when nobody listens.</summary>
    internal static Activity? StartRun(string runId, string name, ActivityContext parent) =>
        Source.StartActivity("run", ActivityKind.Internal, parent)?.SetTag("run.id", runId).SetTag("run.name", name);

    /// <summary>A span around sending the command of one step; null when nobody listens.</summary>
    internal static Activity? StartDispatch(string runId, string stepKey, string kind, ActivityContext parent) =>
        StartSpan("dispatch " + kind, runId, stepKey, kind, parent);

    /// <summary>A span around the work on one step; null when nobody listens.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="stepKey">The step.</param>
    /// <param name="kind">One of <see cref="Contracts.StepKinds"/>.</param>
    /// <param name="parent">A context of the run's trace; the current span's when it is the default one.</param>
    internal static Activity? StartStep(string runId, string stepKey, string kind, ActivityContext parent) =>
        StartSpan("step " + kind, runId, stepKey, kind, parent);

    // What woke this process is linked when it is of another trace: a sweep, or somebody else's event.
    private static Activity? StartSpan(string name, string runId, string stepKey, string kind, ActivityContext parent)
    {
        var current = Activity.Current?.Context ?? default;
        ActivityLink[] links = current != default && parent != default && current.TraceId != parent.TraceId ? [new ActivityLink(current)] : [];
        return Source.StartActivity(name, ActivityKind.Internal, parent, tags: null, links)
            ?.SetTag("run.id", runId).SetTag("step.key", stepKey).SetTag("step.kind", kind);
    }

    /// <summary>A command has reached its worker.</summary>
    /// <param name="kind">One of <see cref="Contracts.StepKinds"/>.</param>
    /// <param name="age">Time since it was sent; clocks that differ may make it negative, which counts as none.</param>
    public static void CommandArrived(string kind, TimeSpan age) =>
        QueueAge.Record(Math.Max(0, age.TotalSeconds), new KeyValuePair<string, object?>("kind", kind));

    /// <summary>A step ended in this process.</summary>
    /// <param name="kind">One of <see cref="Contracts.StepKinds"/>.</param>
    /// <param name="outcome">One of <see cref="StepOutcomes"/>.</param>
    /// <param name="seconds">Compute time here.</param>
    public static void StepEnded(string kind, string outcome, double seconds)
    {
        var tags = new TagList { { "kind", kind }, { "outcome", outcome } };
        Steps.Add(1, tags);
        Seconds.Record(seconds, tags);
        if (Activity.Current is { } span && span.Source == Source)
            span.SetTag("step.outcome", outcome).SetStatus(outcome is StepOutcomes.Failed or StepOutcomes.Faulted ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
    }

    /// <summary>A command found its result stored.</summary>
    public static void CacheHit(string kind) => CacheHits.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>A command is sent again.</summary>
    internal static void CommandResent() => Resent.Add(1);

    /// <summary>A claim was taken over.</summary>
    internal static void ClaimExpired() => Expired.Add(1);
}
