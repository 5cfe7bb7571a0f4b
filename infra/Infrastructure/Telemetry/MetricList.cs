namespace SparsePipeline.Infrastructure.Telemetry;

/// <summary>Every metric there is.</summary>
public static class MetricList
{
    private const string Counter = "counter";
    private const string Gauge = "gauge";
    private const string Histogram = "histogram";
    private const string Kinds = "kind: train, prune, soup, evaluate";

    public static readonly MetricInfo Steps = new(TelemetryNames.Steps, "sparsepipeline.steps", Counter, "{step}",
        Kinds + "; outcome: done, failed, faulted, cancelled", "Steps that ended in this process.");

    public static readonly MetricInfo StepSeconds = new(TelemetryNames.Steps, "sparsepipeline.step.duration", Histogram, "s",
        Kinds + "; outcome: as above", "Compute time of a step in this process.");

    public static readonly MetricInfo QueueAge = new(TelemetryNames.Steps, "sparsepipeline.step.queue_age", Histogram, "s",
        Kinds, "Time from sending a step command to its start, as the two machines' clocks tell it.");

    public static readonly MetricInfo CacheHits = new(TelemetryNames.Steps, "sparsepipeline.step.cache_hits", Counter, "{step}",
        Kinds, "Step commands answered by a stored result.");

    public static readonly MetricInfo ClaimsExpired = new(TelemetryNames.Steps, "sparsepipeline.claims.expired", Counter, "{claim}",
        "none", "Claims taken over from an owner that was silent too long or is gone.");

    public static readonly MetricInfo CommandsResent = new(TelemetryNames.Steps, "sparsepipeline.commands.resent", Counter, "{command}",
        "none", "Step commands sent again because nobody answered the last one.");

    public static readonly MetricInfo ActiveRuns = new(TelemetryNames.Steps, "sparsepipeline.runs.active", Gauge, "{run}",
        "none", "Runs that have not ended, as the process that sweeps sees them; 0 in all others.");

    public static readonly MetricInfo RunsNudged = new(TelemetryNames.Steps, "sparsepipeline.runs.nudged", Counter, "{run}",
        "none", "Runs the sweeper woke because a ready step had nobody who spoke for it.");

    public static readonly MetricInfo SweepAge = new(TelemetryNames.Steps, "sparsepipeline.sweep.age", Gauge, "s",
        "none", "Time since any process last finished a sweep, by this process's stopwatch; its time is now less this.");

    public static readonly MetricInfo ArtifactBytes = new(TelemetryNames.Artifacts, "sparsepipeline.artifact.bytes", Counter, "By",
        "direction: stored, verified", "Bytes hashed on their way into the store, or when first read by this process.");

    public static readonly MetricInfo StoreRequests = new(TelemetryNames.Artifacts, "sparsepipeline.store.requests", Counter, "{request}",
        "method: GET, HEAD, PUT, POST, DELETE; outcome: ok, missing-or-changed, refused, failed, unanswered", "Requests to the object store, retries included.");

    public static readonly MetricInfo StoreRetries = new(TelemetryNames.Artifacts, "sparsepipeline.store.retries", Counter, "{request}",
        "none", "Requests to the object store that were tried once more.");

    public static readonly MetricInfo RunnersStarted = new(TelemetryNames.Runners, "sparsepipeline.runners.started", Counter, "{process}",
        "none", "Runner processes started.");

    public static readonly MetricInfo RunnersReplaced = new(TelemetryNames.Runners, "sparsepipeline.runners.replaced", Counter, "{process}",
        "reason: crashed, worn-out, killed, silent", "Runner processes that ended before the pool did.");

    public static readonly MetricInfo RunnersBusy = new(TelemetryNames.Runners, "sparsepipeline.runners.busy", Gauge, "{process}",
        "none", "Runner processes that have a job now.");

    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } =
        [
        Steps, StepSeconds, QueueAge, CacheHits, ClaimsExpired, CommandsResent, ActiveRuns, RunsNudged, SweepAge,
        ArtifactBytes, StoreRequests, StoreRetries, RunnersStarted, RunnersReplaced, RunnersBusy, .. GatewayMetrics.All, .. OutgoingMetrics.All,
    ];
}
