using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>What Prometheus reads.</summary>
public sealed class MetricsTests(BrokerServer server)
{
    [Fact]
    public async Task A_service_shows_its_metrics_to_Prometheus_under_its_own_name()
    {
        using var folder = new TemporaryFolder();
        await using var host = await server.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        await using var pruner = new ServiceProcess(
            "Pruner", new Dictionary<string, string?>(host.Settings, StringComparer.Ordinal) { ["Store:Folder"] = folder.File("store") });
        await pruner.WaitUntilReadyAsync();

        var metrics = (await pruner.GetAsync("/metrics")).ShouldNotBeNull().Body;

        metrics.ShouldContain("service_name=\"sparsepipeline-pruner\"");
        metrics.ShouldContain("dotnet_gc_collections_total");
    }
}
