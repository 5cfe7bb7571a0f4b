using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.Standalone.Tests.Fakes;
using SparsePipeline.TestKit;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Standalone.Tests.Shared;

/// <summary>A virtual host and a store that several hosts in this process share, each with all workers and a sweeper, as processes would.</summary>
internal sealed class SharedBus : IAsyncDisposable
{
    private static readonly KeyValuePair<string, string?>[] Impatient =
    [
        new("Claims:ResendSeconds", "1"), new("Claims:PauseSeconds", "0.5"), new("Claims:MaxAttempts", "4"),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly List<EmbeddedPipeline> _hosts = [];
    private readonly BrokerVirtualHost _broker;

    private readonly ObjectStoreBucket? _bucket;

    private SharedBus(BrokerVirtualHost broker, ObjectStoreBucket? bucket) => (_broker, _bucket) = (broker, bucket);

    public string StoreFolder => _folder.File("store");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SharedBus> CreateAsync(BrokerServer broker) => new(await broker.CreateVirtualHostAsync(Token), bucket: null);

    /// <summary>The store is a bucket; every host has a folder of its own for its copies, as on a machine of its own.</summary>
    public static async Task<SharedBus> CreateAsync(BrokerServer broker, ObjectStoreServer server) =>
        new(await broker.CreateVirtualHostAsync(Token), await server.CreateBucketAsync(Token));

    /// <summary>One more process's worth of workers.</summary>
    public async Task<EmbeddedPipeline> AddHostAsync(JobLog log, Action<IServiceCollection>? adjust = null, params (string Name, string Value)[] settings)
    {
        var all = Impatient.Concat(_broker.Settings).Concat(_bucket?.Settings ?? new Dictionary<string, string?>()).Concat(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
        var folder = _bucket is null ? StoreFolder : _folder.File($"machine-{_hosts.Count}");
        var host = await Pipelines.StartWithAsync(folder, log, all, services =>
        {
            services.AddRunSweeper(new ConfigurationBuilder().Build());
            adjust?.Invoke(services);
        });
        _hosts.Add(host);
        return host;
    }

    /// <summary>Stops one of the hosts as SIGTERM does a process.</summary>
    public async Task StopAsync(EmbeddedPipeline host)
    {
        _hosts.Remove(host);
        await host.DisposeAsync();
    }

    public static async Task SendAsync(EmbeddedPipeline host, string exchange, object command)
    {
        var endpoint = await host.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("exchange:" + exchange));
        await endpoint.Send(command, Token);
    }

    public static Task PublishAsync<T>(EmbeddedPipeline host, T message)
        where T : class =>
        host.Services.GetRequiredService<IBus>().Publish(message, Token);

    public Task PurgeAsync(string queue) => _broker.PurgeAsync(queue, Token);

    /// <summary>Messages in a queue, counted by the broker now and not by its statistics.</summary>
    public async Task<uint> CountAsync(string queue)
    {
        var factory = new RabbitMQ.Client.ConnectionFactory { Uri = _broker.Uri };
        await using var connection = await factory.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        return (await channel.QueueDeclarePassiveAsync(queue, Token)).MessageCount;
    }

    /// <summary>Commands and events nobody could deal with, in all error queues together.</summary>
    public async Task<long> CountErrorsAsync()
    {
        var count = 0L;
        foreach (var kind in new[] { "train-checkpoint", "prune-checkpoint", "cook-soup", "evaluate-checkpoint", "collect-statistics", "time-layers", "plan-collect", "plan-time", "plan-training", "plan-pruning", "plan-soup", "plan-evaluation" })
            count += await CountAsync(kind + "_error");
        return count;
    }

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var patience = Pipelines.Patience();
        while (!await condition())
            await Task.Delay(50, patience);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await _broker.DisposeAsync();
        if (_bucket is not null)
            await _bucket.DisposeAsync();
        _folder.Dispose();
    }
}
