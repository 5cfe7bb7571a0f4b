using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.Infrastructure.Runs;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>A process that follows runs, without the rest of it.</summary>
internal sealed class FollowingProcess : IAsyncDisposable
{
    private readonly IHost _host;

    private FollowingProcess(IHost host) => _host = host;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<FollowingProcess> StartAsync(BrokerVirtualHost broker) =>
        new(await PatientStart.StartAsync(() => Build(broker), Cancelled));

    public RunWatch Watch(string runId) => _host.Services.GetRequiredService<RunWatches>().Watch(runId);

    public Task<IAsyncDisposable> ListenAsync(string runId) => _host.Services.GetRequiredService<IRunEars>().ListenAsync(runId, Cancelled);

    public Task PublishAsync(StepStarted started) => _host.Services.GetRequiredService<IBus>().Publish(started, Cancelled);

    public async ValueTask DisposeAsync() => await _host.EndAsync();

    private static IHost Build(BrokerVirtualHost broker)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(broker.Settings);
        builder.Services.AddRunEars(builder.Configuration);
        builder.Services.AddBus(builder.Configuration);
        return builder.Build();
    }
}
