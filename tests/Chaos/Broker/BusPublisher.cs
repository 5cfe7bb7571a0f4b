using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using SparsePipeline.Contracts;

namespace SparsePipeline.Chaos.Broker;

/// <summary>Speaks to the workers past their own library: what it sends is bytes on the wire, well-formed or not.</summary>
internal sealed class BusPublisher(ConnectionFactory broker)
{
    private const string ContentType = "application/vnd.masstransit+json";
    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <summary>Publishes an event or sends a command to an exchange.</summary>
    /// <param name="exchange">The type's exchange, or that of a queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="change">May spoil the message, or add what a later version adds.</param>
    public Task SendAsync<T>(string exchange, T message, Action<JsonObject>? change = null)
    {
        var body = JsonSerializer.SerializeToNode(message, ContractJson.Options)!.AsObject();
        change?.Invoke(body);
        var envelope = new JsonObject
        {
            ["messageId"] = Guid.NewGuid().ToString(),
            ["messageType"] = new JsonArray($"urn:message:{typeof(T).Namespace}:{typeof(T).Name}"),
            ["message"] = body,
        };
        return SendRawAsync(exchange, JsonSerializer.SerializeToUtf8Bytes(envelope));
    }

    /// <summary>Sends any bytes as if they were a message.</summary>
    public async Task SendRawAsync(string exchange, byte[] body)
    {
        await using var connection = await broker.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(Confirmed);
        var properties = new BasicProperties { ContentType = ContentType, DeliveryMode = DeliveryModes.Persistent };
        await channel.BasicPublishAsync(exchange, "", mandatory: true, properties, body);
    }
}
