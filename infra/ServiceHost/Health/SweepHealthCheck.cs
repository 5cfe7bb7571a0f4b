using Microsoft.Extensions.Diagnostics.HealthChecks;
using SparsePipeline.Infrastructure.Runs;

namespace SparsePipeline.ServiceHost.Health;

/// <summary>Ready while sweeps are finished, by this process or another: without them runs stand still and nobody is told.</summary>
internal sealed class SweepHealthCheck(SweepWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        watch.IsOverdue
            ? HealthCheckResult.Unhealthy(
                $"No process has finished a sweep of the active runs for {watch.Age.TotalSeconds:0} s: look for 'sweep' in the logs of all workers; "
                + "the store or the broker keeps it, or its process does not move and has to be started again.")
            : HealthCheckResult.Healthy());
}
