using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.ServiceHost.Health;

namespace SparsePipeline.ServiceHost.Http;

/// <summary>Serves health and metrics from before the bus starts until after it has stopped.</summary>
/// <remarks>
/// A web host of its own inside the service: ASP.NET Core's starts last and stops first, so a service that waits for its broker would look
/// dead to whoever supervises it, be killed, and wait again; and a service that drains would vanish from the metrics.
/// </remarks>
internal sealed class HttpServer(
    string service, HealthCheckService health, MeterProvider meters, IOptions<HostingOptions> options, ILoggerFactory loggers) : IHostedLifecycleService
{
    private WebApplication? _app;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _app = Build();
        await InnerWebHost.OpenAsync(_app, "Hosting:HttpPort", options.Value.HttpPort, "0 for none", cancellationToken);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
            await InnerWebHost.CloseAsync(_app, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private WebApplication Build()
    {
        var builder = InnerWebHost.CreateBuilder(new WebApplicationOptions(), $"http://{options.Value.HttpHost}:{options.Value.HttpPort}", loggers);
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.MapHealth(service, health, new ReadinessLog(loggers.CreateLogger<ReadinessLog>()));
        app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, predicate: null, "/metrics", configureBranchedPipeline: null, optionsName: null);
        return app;
    }
}
