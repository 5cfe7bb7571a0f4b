using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SparsePipeline.Infrastructure.Bus.Ingest;

/// <summary>Where events come in over AMQP: whoever may publish writes to one exchange, and gateways read one queue.</summary>
/// <remarks>The queue is what those of workers are, with an exchange of its name before it and an error queue behind it, so that error queues are looked into and sent back in one way.</remarks>
public static class IngestTopology
{
    /// <summary>The fanout exchange that publishers write to; the routing key does not matter.</summary>
    public const string Exchange = "sparsepipeline.ingest";

    /// <summary>The quorum queue that gateways read.</summary>
    public const string Queue = "ingest-event";

    /// <summary>The queue of messages that cannot be taken in.</summary>
    public const string ErrorQueue = Queue + EndpointNames.ErrorSuffix;

    private const string Quorum = "quorum";
    private const ushort NotFound = 404;

    /// <summary>Declares what is missing; does no harm to what is there.</summary>
    /// <exception cref="BrokerUnavailableException">The broker does not answer, or this user may not.</exception>
    public static async Task DeployAsync(RabbitMqOptions options, CancellationToken cancellationToken)
    {
        await using var connection = await BrokerConnections.OpenAsync(options, cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await DeclareAsync(channel, cancellationToken);
        }
        catch (OperationInterruptedException refused)
        {
            throw BrokerErrors.OfPermission(options, refused);
        }
    }

    /// <summary>Declares it when it is not there: a user that may only read finds what <c>sparsepipe topology</c> declared.</summary>
    internal static async Task EnsureAsync(IConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            // A channel of its own, because the broker closes it when there is no such queue.
            await using var looking = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await looking.QueueDeclarePassiveAsync(Queue, cancellationToken);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await DeclareAsync(channel, cancellationToken);
        }
    }

    private static async Task DeclareAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await DeclareAsync(channel, ErrorQueue, new() { [DurableEndpoint.QueueType] = Quorum, [DurableEndpoint.Limit] = DurableEndpoint.ErrorDeliveryLimit }, cancellationToken);
        await DeclareAsync(channel, Queue, new()
        {
            [DurableEndpoint.QueueType] = Quorum,
            [DurableEndpoint.Limit] = DurableEndpoint.DeliveryLimit,
            [DurableEndpoint.DeadLetterExchange] = ErrorQueue,
            // Both are needed so that the broker keeps a message until the error queue has it.
            [DurableEndpoint.DeadLetterStrategy] = "at-least-once",
            [DurableEndpoint.Overflow] = "reject-publish",
        }, cancellationToken);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        await channel.ExchangeBindAsync(Queue, Exchange, routingKey: "", cancellationToken: cancellationToken);
    }

    private static async Task DeclareAsync(IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(name, name, routingKey: "", cancellationToken: cancellationToken);
    }
}
