using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.ServiceHost.Health;

/// <summary>Ready when the broker is connected, confirms messages, and every queue of this service is bound.</summary>
internal sealed class BusHealthCheck(IBusControl bus, Confirmations confirmations) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(bus.CheckHealth()));

    private HealthCheckResult Judge(BusHealthResult health)
    {
        if (health.Status == BusHealthStatus.Healthy)
            return confirmations.AreMissing ? Mute() : HealthCheckResult.Healthy();
        var waiting = health.Endpoints.Where(e => e.Value.Status != BusHealthStatus.Healthy).Select(e => e.Value.InputAddress.AbsolutePath.Split('/')[^1]);
        return HealthCheckResult.Unhealthy(
            $"Not connected to the broker, or not to the queues {string.Join(", ", waiting)}: {health.Exception?.Message ?? health.Description} "
            + "Start the broker, or check RabbitMq:Host, Port, VirtualHost, user and password; the service connects by itself then.");
    }

    private static HealthCheckResult Mute() => HealthCheckResult.Unhealthy(
        "The broker confirmed none of the last messages: look for a memory or disk alarm in its log and free some; the service builds its bus anew by itself.");
}
