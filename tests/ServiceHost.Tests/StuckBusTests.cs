using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.TestKit;

namespace SparsePipeline.ServiceHost.Tests;

/// <summary>A service whose bus got stuck while it started.</summary>
public sealed class StuckBusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_service_is_built_anew_although_what_is_stuck_does_not_stop_either()
    {
        var builds = 0;

        var exit = await RunAsync(
            services => services.AddSingleton<IHostedService>(provider => ++builds == 1 ? new Stuck(NeverAsync) : new ToldToStop(provider)), CancellationToken.None);

        (exit, builds).ShouldBe((ExitCodes.Stopped, 2));
    }

    [Fact]
    public async Task A_service_that_is_told_to_stop_while_it_leaves_a_stuck_bus_is_not_built_anew()
    {
        using var told = new CancellationTokenSource();
        var builds = 0;

        var exit = await RunAsync(
            services => services.AddSingleton<IHostedService>(provider => ++builds == 1 ? new Stuck(told.CancelAsync) : new ToldToStop(provider)), told.Token);

        (exit, builds).ShouldBe((ExitCodes.Stopped, 1));
    }

    [Fact]
    public async Task A_service_that_was_told_to_stop_before_it_began_begins_nothing()
    {
        var builds = 0;

        var exit = await RunAsync(
            services => services.AddSingleton<IHostedService>(_ => new Stuck(() => Task.CompletedTask, () => ++builds)), new CancellationToken(canceled: true));

        (exit, builds).ShouldBe((ExitCodes.Stopped, 0));
    }

    private static Task NeverAsync() => Task.Delay(Timeout.InfiniteTimeSpan);

    private Task<int> RunAsync(Action<IServiceCollection> configure, CancellationToken told)
    {
        string[] settings =
        [
            "--Bus:Transport=rabbitmq", "--RabbitMq:Password=none", "--Hosting:HttpPort=0", "--Hosting:ShutdownSeconds=1",
            "--Store:Folder=" + _folder.File("store"),
        ];
        return WorkerHost.RunAsync("pruner", settings, (services, _) => configure(services), told);
    }

    // Comes before the bus, so that no broker is needed.
    private sealed class Stuck(Func<Task> stop, Action? start = null) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            start?.Invoke();
            throw new BusStuckException("stuck", new TimeoutException());
        }

        public Task StopAsync(CancellationToken cancellationToken) => stop();
    }

    private sealed class ToldToStop(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
