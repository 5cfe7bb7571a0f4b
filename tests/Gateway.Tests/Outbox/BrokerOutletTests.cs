using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using RabbitMQ.Client;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Bus;
using SparsePipeline.TestKit.Servers;

namespace SparsePipeline.Gateway.Tests.Outbox;

/// <summary>On a real broker.</summary>
public sealed class BrokerOutletTests(BrokerServer brokers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_go_to_the_topic_exchange_as_the_AMQP_binding_says()
    {
        await using var broker = await brokers.CreateVirtualHostAsync(Token);
        await using var gateway = await TestGateway.StartAsync([.. broker.Settings.Select(s => (s.Key, s.Value!))]);
        await using var connection = await new ConnectionFactory { Uri = broker.Uri }.CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        await channel.ExchangeDeclareAsync(EventExchange.Name, ExchangeType.Topic, durable: true, cancellationToken: Token);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Token)).QueueName;
        await channel.QueueBindAsync(queue, EventExchange.Name, "io.sparsepipeline.checkpoint.*.v1", cancellationToken: Token);
        using var client = await gateway.ClientAsync(AccessRoles.Operator);
        var (runId, stepKey) = await OutgoingRun.SubmitAsync(client);
        var checkpoint = await OutgoingRun.FinishAsync(gateway, stepKey);

        var message = await NextAsync(channel, queue);

        var told = (await OutgoingRun.EventsAsync(gateway, 2)).Single(e => e.Type == EventTypes.CheckpointReady);
        (message.RoutingKey, message.BasicProperties.MessageId, message.BasicProperties.Persistent).ShouldBe((EventTypes.CheckpointReady, told.EventKey, true));
        var read = Read(message);
        read.IsValid.ShouldBeTrue();
        (read.Id, read.Subject, read["runid"], read.Time).ShouldBe((stepKey, $"sha256:{checkpoint.Digest}", runId, told.Time));
        JsonDocument.Parse(message.Body).RootElement.GetProperty("checkpoint").GetProperty("digest").GetString().ShouldBe(checkpoint.Digest);
    }

    private static CloudEvent Read(BasicGetResult message)
    {
        const string Prefix = "cloudEvents_";
        // The client adds one of its own.
        var headers = message.BasicProperties.Headers!.Where(h => h.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(h => h.Key, h => Encoding.UTF8.GetString((byte[])h.Value!));
        var read = new CloudEvent(CloudEventsSpecVersion.FromVersionId(headers[Prefix + "specversion"])!) { DataContentType = message.BasicProperties.ContentType };
        foreach (var (name, value) in headers.Where(h => h.Key != Prefix + "specversion"))
            read.SetAttributeFromString(name[Prefix.Length..], value);
        return read;
    }

    private static async Task<BasicGetResult> NextAsync(IChannel channel, string queue)
    {
        while (true)
        {
            if (await channel.BasicGetAsync(queue, autoAck: true, Token) is { } message)
                return message;
            await Task.Delay(20, Token);
        }
    }
}
