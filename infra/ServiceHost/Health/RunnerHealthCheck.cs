using Microsoft.Extensions.Diagnostics.HealthChecks;
using SparsePipeline.Infrastructure.Runners;

namespace SparsePipeline.ServiceHost.Health;

/// <summary>Ready when runner processes can be started.</summary>
internal sealed class RunnerHealthCheck(RunnerReadiness runners) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(runners.Problem() is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());
}
