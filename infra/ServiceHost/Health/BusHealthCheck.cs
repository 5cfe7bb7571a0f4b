using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SparsePipeline.ServiceHost.Health;

/// <summary>Ready when the broker is connected and every queue of this service is bound.</summary>
internal sealed class BusHealthCheck(IBusControl bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(bus.CheckHealth()));

    private static HealthCheckResult Judge(BusHealthResult health)
    {
        if (health.Status == BusHealthStatus.Healthy)
            return HealthCheckResult.Healthy();
        var waiting = health.Endpoints.Where(e => e.Value.Status != BusHealthStatus.Healthy).Select(e => e.Value.InputAddress.AbsolutePath.Split('/')[^1]);
        return HealthCheckResult.Unhealthy(
            $"Not connected to the broker, or not to the queues {string.Join(", ", waiting)}: {health.Exception?.Message ?? health.Description} "
            + "Start the broker, or check RabbitMq:Host, Port, VirtualHost, user and password; the service connects by itself then.");
    }
}
