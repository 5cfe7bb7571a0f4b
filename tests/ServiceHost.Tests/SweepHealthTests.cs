using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.ServiceHost.Health;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>What a service says of itself when sweeps begin and do not end.</summary>
public sealed class SweepHealthTests
{
    private readonly SweepWatch _watch = new(
        Options.Create(new RunFollowerOptions { SweepSeconds = 0.05, SweepPatienceSeconds = 0.1 }), TimeProvider.System);

    [Fact]
    public async Task A_service_is_not_ready_when_no_sweep_was_finished_for_long_and_ready_again_after_one()
    {
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy);
        while (!_watch.IsOverdue)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        var overdue = await CheckAsync();
        _watch.Finished();

        overdue.Status.ShouldBe(HealthStatus.Unhealthy);
        overdue.Description.ShouldNotBeNull().ShouldStartWith("No process has finished a sweep of the active runs for ");
        (await CheckAsync()).Status.ShouldBe(HealthStatus.Healthy);
    }

    private Task<HealthCheckResult> CheckAsync() => new SweepHealthCheck(_watch).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
}
