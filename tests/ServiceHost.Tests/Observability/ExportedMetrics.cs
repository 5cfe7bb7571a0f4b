using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Telemetry;
using SparsePipeline.ServiceHost.Http;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.ServiceHost.Tests.Observability;

/// <summary>The names under which the real exporter shows every metric of <see cref="MetricList"/> to Prometheus.</summary>
internal static partial class ExportedMetrics
{
    /// <summary>Scrapes a host that has measured everything once.</summary>
    public static async Task<IReadOnlySet<string>> ScrapeAsync(CancellationToken cancellationToken)
    {
        var port = FreePort.Next();
        string[] args = [$"--Hosting:HttpPort={port}"];
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings()).AddSparsePipelineDefaults("test", args);
        builder.Services.AddHttp(builder.Configuration, "test").AddHealthChecks();
        using var host = builder.Build();
        await host.StartAsync(cancellationToken);
        using var measuring = MeasureAll();
        GC.Collect();
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"http://localhost:{port}/metrics"), cancellationToken);
        await host.StopAsync(cancellationToken);
        return Samples().Matches(text).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
    }

    private static Meters MeasureAll()
    {
        var meters = new Meters();
        foreach (var metric in MetricList.All)
            Measure(meters.Get(metric.Meter), metric);
        return meters;
    }

    private static void Measure(Meter meter, MetricInfo metric)
    {
        if (metric.Kind == "counter")
            meter.CreateCounter<long>(metric.Name, metric.Unit, metric.Description).Add(1);
        else if (metric.Kind == "histogram")
            meter.CreateHistogram<double>(metric.Name, metric.Unit, metric.Description).Record(1);
        else
            meter.CreateUpDownCounter<long>(metric.Name, metric.Unit, metric.Description).Add(1);
    }

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{| )", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Samples();

    private sealed class Meters : IDisposable
    {
        private readonly Dictionary<string, Meter> _meters = new(StringComparer.Ordinal);

        public Meter Get(string name) => _meters.TryGetValue(name, out var meter) ? meter : _meters[name] = new Meter(name);

        public void Dispose()
        {
            foreach (var meter in _meters.Values)
                meter.Dispose();
        }
    }
}
