using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Infrastructure.Hosting;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Infrastructure.Tests.Bus;

/// <summary>A process's bus as the services have it, with one consumer or none.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    /// <summary>Where commands to the pruner go.</summary>
    public static readonly Uri Pruner = new("exchange:prune-checkpoint");

    private readonly IHost _host;

    private TestBus(IHost host) => _host = host;

    public IBus Bus => _host.Services.GetRequiredService<IBus>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<TestBus> StartAsync(BrokerVirtualHost host, Func<PruneCheckpoint, Task>? obey = null) => StartAsync(host.Settings, obey);

    public static async Task<TestBus> StartAsync(IReadOnlyDictionary<string, string?> settings, Func<PruneCheckpoint, Task>? obey = null) => new(
        await PatientStart.StartAsync(() => Build(settings, obey, (services, configuration) => services.AddBus(configuration)), Cancelled));

    /// <summary>Declares what <see cref="StartAsync(BrokerVirtualHost, Func{PruneCheckpoint, Task})"/> with a consumer would.</summary>
    public static Task DeployAsync(BrokerVirtualHost host) => BusTopology.DeployAsync(
        () => Build(host.Settings, _ => Task.CompletedTask, (services, configuration) => services.AddBusTopology(configuration)), Cancelled);

    public static PruneCheckpoint Command(string runId = "run", string key = "key") => new()
    {
        RunId = runId,
        StepKey = key,
        Spec = new PruneSpec
        {
            Checkpoint = new ArtifactRef("sha256:" + new string('0', 64), 1, ArtifactFormats.Safetensors),
            Method = new MethodSpec { Name = "global-magnitude" },
            Sparsity = 0.5,
            AlgorithmVersion = PruneSpec.CurrentVersion,
        },
    };

    public async Task SendAsync(PruneCheckpoint command) => await (await Bus.GetSendEndpoint(Pruner)).Send(command, Cancelled);

    public async ValueTask DisposeAsync() => await _host.EndAsync();

    private static IHost Build(
        IReadOnlyDictionary<string, string?> settings, Func<PruneCheckpoint, Task>? obey, Action<IServiceCollection, IConfiguration> addBus)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        if (obey is not null)
        {
            builder.Services.AddSingleton(obey);
            builder.Services.RegisterConsumer<PruneCheckpointConsumer>();
        }
        addBus(builder.Services, builder.Configuration);
        return builder.Build();
    }
}
