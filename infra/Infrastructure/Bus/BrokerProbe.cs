using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Looks at the broker as a service would, without being one: to tell why services cannot work with it.</summary>
public sealed class BrokerProbe : IAsyncDisposable
{
    private const ushort NotFound = 404;
    private readonly IConnection _connection;
    private readonly RabbitMqOptions _options;

    private BrokerProbe(IConnection connection, RabbitMqOptions options) => (_connection, _options) = (connection, options);

    /// <summary>Product and version of the broker.</summary>
    public string Server => $"{Property("product")} {Property("version")}";

    /// <summary>Connects once.</summary>
    /// <exception cref="BrokerUnavailableException">Nobody answers, or the user or the virtual host is refused.</exception>
    /// <exception cref="IOException">The password's file cannot be read.</exception>
    public static async Task<BrokerProbe> ConnectAsync(RabbitMqOptions options, CancellationToken cancellationToken) =>
        new(await BrokerConnections.OpenAsync(options, cancellationToken), options);

    /// <summary>Declares a queue of its own like that of a follower, writes to it, reads from it and lets it go.</summary>
    /// <exception cref="BrokerUnavailableException">The user may not do one of these.</exception>
    public async Task EchoAsync(CancellationToken cancellationToken)
    {
        await using var channel = await _connection.CreateChannelAsync(Confirmed.Channels, cancellationToken);
        var queue = $"follow-run--doctor-{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}";
        try
        {
            await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellationToken);
            await Confirmed.PublishAsync(channel, "", queue, new BasicProperties(), Encoding.ASCII.GetBytes(queue), cancellationToken);
            await channel.BasicGetAsync(queue, autoAck: true, cancellationToken);
            await channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false, cancellationToken: cancellationToken);
        }
        catch (OperationInterruptedException refused)
        {
            throw BrokerErrors.OfPermission(_options, refused);
        }
        catch (BusSilentException silent)
        {
            throw new BrokerUnavailableException(
                $"The broker {_options.Host}:{_options.Port} takes messages and does not confirm them.", "Look for a memory or disk alarm in its log.", silent);
        }
    }

    /// <summary>How many workers listen to a queue; null when there is no such queue.</summary>
    public async Task<uint?> ConsumersAsync(string queue, CancellationToken cancellationToken)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).ConsumerCount;
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == NotFound)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private string Property(string name) =>
        _connection.ServerProperties is { } properties && properties.TryGetValue(name, out var value) && value is byte[] text
            ? Encoding.UTF8.GetString(text)
            : "unknown";
}
