using System.Text;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Tests.Documentation;

/// <summary>Writes docs/metrics.md from <see cref="MetricList"/>.</summary>
internal static class MetricsDocument
{
    private const string Head = """
        # Metrics and traces

        Generated from `MetricList`; a test fails when this page is stale (`make docs` writes it). Exported over OTLP when
        `OTEL_EXPORTER_OTLP_ENDPOINT` is set, and shown to Prometheus at `/metrics` of `Hosting:HttpPort`, together with those of MassTransit and
        of .NET (`System.Runtime`). Prometheus has its own spelling: `sparsepipeline.step.duration` in `s` is `sparsepipeline_step_duration_seconds`,
        counters end in `_total`. Runner processes have no port: theirs leave over OTLP only.

        Collector, Prometheus, dashboard and alert rules are in `infra/observability`.

        Tags have few values by design: run ids and step keys are on traces and log lines, never on metrics, because every combination of
        tag values is a time series that a collector keeps.

        | metric | meter | kind | unit | tags | meaning |
        |---|---|---|---|---|---|

        """;

    private const string Tail = """

        ## Traces

        One run is one trace, from its submission to its last soup, across services, sweeps and second deliveries
        ([decision 0019](decisions/0019-services-are-observed-from-outside.md)).

        | span | source | where | attributes |
        |---|---|---|---|
        | `run` | `SparsePipeline.Steps` | whoever submits | `run.id`, `run.name` |
        | `dispatch {kind}` | `SparsePipeline.Steps` | the worker that sends the command | `run.id`, `step.key`, `step.kind` |
        | `step {kind}` | `SparsePipeline.Steps` | the worker that obeys it | the same and `step.outcome` |
        | `runner {job}` | `SparsePipeline.Runners` | the worker, around the job of its runner | |
        | `job {job}` | `SparsePipeline.Runners` | the runner process | |

        Those of MassTransit lie between them. Only runs begin traces; `OTEL_TRACES_SAMPLER` changes that.

        """;

    public static string Render()
    {
        var text = new StringBuilder(Head);
        foreach (var metric in MetricList.All)
            text.Append($"| `{metric.Name}` | `{metric.Meter}` | {metric.Kind} | {metric.Unit} | {metric.Tags} | {metric.Description} |\n");
        return text.Append(Tail).ToString();
    }
}
