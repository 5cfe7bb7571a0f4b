using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SparsePipeline.Gateway.Http;

/// <summary>Ready while the gateway takes requests; not while it waits for broker and store, and not while it drains.</summary>
internal sealed class ListeningHealthCheck(GatewayServer server) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        server.IsListening ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The gateway takes no requests: it starts, or it stops."));
}
