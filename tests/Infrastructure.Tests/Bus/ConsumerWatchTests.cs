using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.TestKit.Servers;
using Settings = Microsoft.Extensions.Options.Options;

namespace SparsePipeline.Infrastructure.Tests.Bus;

public sealed class ConsumerWatchTests(BrokerServer broker)
{
    private const string Queue = "plan-soup";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_queue_that_nobody_listens_to_counts_as_lost_at_the_second_look()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using var connection = await ConnectAsync(host);
        await using var channel = await DeclareAsync(connection);
        var watch = Watch(host.Options(), Substitute.For<IHostApplicationLifetime>(), new FakeTimeProvider());

        (await watch.IsDeafAsync(Cancelled)).ShouldBeFalse();
        (await watch.IsDeafAsync(Cancelled)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_consumer_that_comes_back_in_between_is_no_loss()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using var connection = await ConnectAsync(host);
        await using var channel = await DeclareAsync(connection);
        var watch = Watch(host.Options(), Substitute.For<IHostApplicationLifetime>(), new FakeTimeProvider());

        (await watch.IsDeafAsync(Cancelled)).ShouldBeFalse();
        var consumer = await channel.BasicConsumeAsync(Queue, autoAck: false, new AsyncEventingBasicConsumer(channel), Cancelled);
        (await watch.IsDeafAsync(Cancelled)).ShouldBeFalse();
        await channel.BasicCancelAsync(consumer, cancellationToken: Cancelled);
        (await watch.IsDeafAsync(Cancelled)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_broker_that_is_away_says_nothing_about_consumers()
    {
        var away = new RabbitMqOptions { Host = "127.0.0.1", Port = 1, Password = "none" };
        var watch = Watch(away, Substitute.For<IHostApplicationLifetime>(), new FakeTimeProvider());

        (await watch.IsDeafAsync(Cancelled)).ShouldBeFalse();
        (await watch.IsDeafAsync(Cancelled)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lost_consumer_ends_the_host_which_is_to_be_built_anew()
    {
        await using var host = await broker.CreateVirtualHostAsync(Cancelled);
        await using var connection = await ConnectAsync(host);
        await using var channel = await DeclareAsync(connection);
        var (lifetime, time) = (Substitute.For<IHostApplicationLifetime>(), new FakeTimeProvider());
        using var watch = Watch(host.Options(), lifetime, time);

        await watch.StartAsync(Cancelled);
        await Eventually.GetAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(host.Options().HeartbeatSeconds));
                return Task.FromResult(watch.HasGivenUp);
            },
            given => given);

        await watch.ExecuteTask!;
        lifetime.Received(1).StopApplication();
    }

    [Fact]
    public async Task A_bus_whose_messages_are_not_confirmed_is_built_anew_but_not_every_minute()
    {
        var time = new FakeTimeProvider();
        var watch = Watch(new RabbitMqOptions(), Substitute.For<IHostApplicationLifetime>(), time, await Confirming.MissingAsync());
        Watch(new RabbitMqOptions(), Substitute.For<IHostApplicationLifetime>(), time).IsMute().ShouldBeFalse();

        watch.IsMute().ShouldBeTrue();
        watch.IsMute().ShouldBeFalse();
        time.Advance(TimeSpan.FromMinutes(10));
        watch.IsMute().ShouldBeTrue();
    }

    private static ConsumerWatch Watch(
        RabbitMqOptions options, IHostApplicationLifetime lifetime, TimeProvider time, Confirmations? confirmations = null) => new(
        () => [Queue], confirmations ?? Confirming.Always, Settings.Create(options), lifetime, time, NullLogger<ConsumerWatch>.Instance);

    private static Task<IConnection> ConnectAsync(BrokerVirtualHost host) =>
        new ConnectionFactory { Uri = host.Uri }.CreateConnectionAsync(Cancelled);

    private static async Task<IChannel> DeclareAsync(IConnection connection)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancelled);
        return channel;
    }
}
