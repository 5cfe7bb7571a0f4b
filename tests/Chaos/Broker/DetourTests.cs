using System.Text;
using RabbitMQ.Client;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Chaos.Broker;

/// <summary>A real broker, a queue behind an exchange, and what a detour does to a hundred messages.</summary>
[Trait("Category", "Chaos")]
public sealed class DetourTests(OwnBroker broker) : IAsyncLifetime
{
    private const int Count = 60;
    private const string Queue = "train-checkpoint";
    private BrokerVirtualHost _host = null!;
    private ConnectionFactory _factory = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await BrokerVirtualHost.CreateAsync(await broker.AddressAsync(), CancellationToken.None);
        _factory = await broker.ConnectAsync(_host.Name);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Doubled_messages_come_two_to_four_times_and_none_is_lost()
    {
        var received = await SendThroughAsync(DetourMode.Double);

        var counts = received.CountBy(m => m).Select(c => c.Value).ToList();
        counts.Count.ShouldBe(Count);
        counts.ShouldAllBe(c => c >= 1 && c <= 5);
        counts.Sum().ShouldBeGreaterThan(Count);
    }

    [Fact]
    public async Task Shuffled_messages_come_once_and_in_another_order()
    {
        var received = await SendThroughAsync(DetourMode.Shuffle);

        received.SequenceEqual(received.Order()).ShouldBeFalse();
        received.Distinct().Count().ShouldBe(Count);
    }

    [Fact]
    public async Task After_a_delay_the_queue_is_bound_again_and_the_detour_gone()
    {
        (await SendThroughAsync(DetourMode.Delay)).Distinct().Count().ShouldBe(Count);

        (await SendThroughAsync(DetourMode.Delay)).Distinct().Count().ShouldBe(Count);
        (await broker.DepthsAsync(_host.Name)).Keys.ShouldBe([Queue]);
    }

    private async Task<List<int>> SendThroughAsync(DetourMode mode)
    {
        await using var connection = await _factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.ExchangeDeclareAsync(Queue, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(Queue, Queue, routingKey: "");
        var detour = new Detour(_factory, Queue, mode, new Random(1)).RunAsync(TimeSpan.FromSeconds(3), CancellationToken.None);
        while (!(await broker.DepthsAsync(_host.Name)).ContainsKey("detour-" + Queue))
            await Task.Delay(50);
        for (var i = 0; i < Count; i++)
            await channel.BasicPublishAsync(Queue, "", mandatory: true, body: Encoding.UTF8.GetBytes(i.ToString()));
        await detour;
        return await ReceiveAsync(channel);
    }

    private static async Task<List<int>> ReceiveAsync(IChannel channel)
    {
        var received = new List<int>();
        while (await channel.BasicGetAsync(Queue, autoAck: true) is { } message)
            received.Add(int.Parse(Encoding.UTF8.GetString(message.Body.Span)));
        return received;
    }
}
