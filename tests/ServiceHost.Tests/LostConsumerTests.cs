using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Pruner;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>A service whose queue nobody listens to any more though its bus is healthy.</summary>
public sealed class LostConsumerTests(BrokerServer broker)
{
    [Fact]
    public async Task The_service_is_built_anew_in_its_process_and_stops_when_told()
    {
        using var folder = new TemporaryFolder();
        await using var host = await broker.CreateVirtualHostAsync(TestContext.Current.CancellationToken);
        string[] settings =
        [
            .. host.Settings.Select(s => $"--{s.Key}={s.Value}"),
            "--RabbitMq:HeartbeatSeconds=1",
            "--Hosting:HttpPort=0",
            "--Store:Folder=" + folder.File("store"),
        ];
        var builds = 0;

        var exit = await WorkerHost.RunAsync("pruner", settings, (services, configuration) => Build(services, configuration, ++builds));

        (exit, builds).ShouldBe((ExitCodes.Stopped, 2));
    }

    // Of the first build one queue has no consumer, as nobody ever declared it; the second is told to stop once it is ready.
    private static void Build(IServiceCollection services, IConfiguration configuration, int build)
    {
        services.AddStep<PruneSpec, PruneCheckpoint, PruneStepHandler>(configuration);
        if (build == 1)
            services.AddSingleton<Func<IReadOnlyCollection<string>>>(() => ["plan-soup"]);
        else
            services.AddHostedService<StopWhenReady>();
    }

    private sealed class StopWhenReady(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
