using System.Text.Json;
using System.Text.RegularExpressions;
using SparsePipeline.Infrastructure.Telemetry;
using SparsePipeline.TestKit;
using YamlDotNet.RepresentationModel;

namespace SparsePipeline.ServiceHost.Tests.Observability;

/// <summary>The files of infra/observability against what services export.</summary>
public sealed partial class ObservabilityTests
{
    /// <summary>Prometheus's own, and those of RabbitMQ's <c>/metrics/detailed</c>.</summary>
    private static readonly string[] Foreign =
    [
        "up", "rabbitmq_detailed_queue_messages", "rabbitmq_detailed_queue_messages_ready", "rabbitmq_detailed_queue_messages_unacked",
        "rabbitmq_detailed_queue_consumers",
    ];

    private static readonly string Folder = Path.Combine(RepositoryFolder.Path, "infra", "observability");

    [Fact]
    public async Task Every_query_of_the_dashboard_and_every_alert_asks_for_metrics_that_are_exported()
    {
        var exported = await ExportedMetrics.ScrapeAsync(TestContext.Current.CancellationToken);

        var asked = Queries().Concat(Alerts().Select(a => a.Query)).SelectMany(PromQl.MetricsOf).ToHashSet(StringComparer.Ordinal);

        asked.Except(exported, StringComparer.Ordinal).Except(Foreign, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_dashboard_shows_every_metric_there_is()
    {
        var exported = await ExportedMetrics.ScrapeAsync(TestContext.Current.CancellationToken);
        var ours = exported.Where(m => m.StartsWith("sparsepipeline_", StringComparison.Ordinal)).Select(Family).ToHashSet(StringComparer.Ordinal);

        var asked = Queries().SelectMany(PromQl.MetricsOf).Select(Family).ToHashSet(StringComparer.Ordinal);

        ours.Count.ShouldBe(MetricList.All.Count);
        ours.Except(asked, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Every_alert_says_how_bad_it_is_what_happened_and_what_to_do()
    {
        var alerts = Alerts().ToList();

        alerts.Count.ShouldBeGreaterThan(5);
        alerts.Where(a => a.Severity is not ("critical" or "warning")).ShouldBeEmpty();
        alerts.Where(a => a.Summary.Length < 20 || a.Runbook.Length < 40 || !a.Runbook.EndsWith('.')).ShouldBeEmpty();
        alerts.Select(a => a.Name).ShouldBeUnique();
    }

    [Fact]
    public void Every_setting_an_alert_names_exists()
    {
        var settings = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "docs", "configuration.md"));

        var named = Alerts().SelectMany(a => Setting().Matches(a.Runbook)).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToList();

        named.ShouldNotBeEmpty();
        named.Where(name => !settings.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_collector_exports_where_Prometheus_scrapes_and_every_part_of_a_pipeline_is_defined()
    {
        var collector = Load("collector.yaml");
        var prometheus = File.ReadAllText(Path.Combine(Folder, "prometheus.yaml"));

        foreach (var (_, pipeline) in Map(Map(collector, "service"), "pipelines"))
        {
            foreach (var part in new[] { "receivers", "processors", "exporters" })
                Names((YamlSequenceNode)pipeline[part]).Except(Map(collector, part).Children.Keys.Select(Text), StringComparer.Ordinal).ShouldBeEmpty();
        }
        var port = Text(collector["exporters"]["prometheus"]["endpoint"]).Split(':')[1];
        prometheus.ShouldContain($"collector:{port}");
    }

    private static IEnumerable<string> Queries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "grafana", "dashboards", "sparsepipeline.json")));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)];
    }

    private static IEnumerable<(string Name, string Query, string Severity, string Summary, string Runbook)> Alerts() =>
        from @group in (YamlSequenceNode)Load("alerts.yaml")["groups"]
        from rule in (YamlSequenceNode)@group["rules"]
        select (Text(rule["alert"]), Text(rule["expr"]), Text(rule["labels"]["severity"]),
            Text(rule["annotations"]["summary"]), Text(rule["annotations"]["runbook"]));

    // A histogram is three metrics to Prometheus.
    private static string Family(string metric) => Suffix().Replace(metric, "");

    private static YamlMappingNode Load(string file)
    {
        using var reader = new StreamReader(Path.Combine(Folder, file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static YamlMappingNode Map(YamlNode node, string key) => (YamlMappingNode)node[key];

    private static IEnumerable<string> Names(YamlSequenceNode nodes) => nodes.Select(Text);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]+:[A-Z][A-Za-z]+\b", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Setting();
}
