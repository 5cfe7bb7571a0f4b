using System.Text;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Tests.Documentation;

/// <summary>Writes docs/metrics.md from <see cref="MetricList"/>.</summary>
internal static class MetricsDocument
{
    private const string Head = """
        # Metrics and traces

        Generated from `MetricList`; a test fails when this page is stale (`make docs` writes it). Exported over OTLP when
        `OTEL_EXPORTER_OTLP_ENDPOINT` is set, together with those of MassTransit.

        Tags have few values by design: run ids and step keys are on traces and log lines, never on metrics, because every combination of
        tag values is a time series that a collector keeps.

        | metric | meter | kind | unit | tags | meaning |
        |---|---|---|---|---|---|

        """;

    private const string Tail = """

        Spans: the source `SparsePipeline.Steps` has one span per step command, `step {kind}`, with the attributes `run.id`, `step.key` and `step.kind`.

        """;

    public static string Render()
    {
        var text = new StringBuilder(Head);
        foreach (var metric in MetricList.All)
            text.Append($"| `{metric.Name}` | `{metric.Meter}` | {metric.Kind} | {metric.Unit} | {metric.Tags} | {metric.Description} |\n");
        return text.Append(Tail).ToString();
    }
}
