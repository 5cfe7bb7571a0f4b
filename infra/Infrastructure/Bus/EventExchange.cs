using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>The topic exchange that programs outside bind queues of their own to. It is none of the bus's: messages go there as they are, without an envelope.</summary>
/// <remarks>One that no queue wants is dropped by the broker, as topic exchanges do.</remarks>
public sealed class EventExchange(IOptions<RabbitMqOptions> options) : IAsyncDisposable
{
    /// <summary>Name of the exchange.</summary>
    public const string Name = "sparsepipeline.events";

    private readonly SemaphoreSlim _gate = new(1);
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>Sends messages in their order, and returns when the broker has all of them.</summary>
    /// <exception cref="BrokerUnavailableException">The broker is not there, or does not let the user in.</exception>
    /// <exception cref="OperationCanceledException">It did not confirm in time; some may have arrived.</exception>
    public async Task PublishAsync(IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var channel = await OpenAsync(cancellationToken);
            await Task.WhenAll(messages.Select(message => PublishAsync(channel, message, cancellationToken).AsTask()).ToList()).WaitAsync(cancellationToken);
        }
        catch
        {
            // Whatever the channel is in, the next messages get a new one.
            await CloseAsync();
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Declares the exchange; does no harm to one that is there.</summary>
    internal static async Task DeclareAsync(RabbitMqOptions options, CancellationToken cancellationToken)
    {
        await using var connection = await BrokerConnections.OpenAsync(options, cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await DeclareAsync(channel, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _gate.Dispose();
    }

    private static Task DeclareAsync(IChannel channel, CancellationToken cancellationToken) =>
        channel.ExchangeDeclareAsync(Name, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken);

    private static ValueTask PublishAsync(IChannel channel, EventMessage message, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            MessageId = message.Id,
            ContentType = message.ContentType,
            Persistent = true,
            Headers = message.Headers.ToDictionary(h => h.Key, h => (object?)h.Value, StringComparer.Ordinal),
        };
        return channel.BasicPublishAsync(Name, message.RoutingKey, mandatory: false, properties, message.Body, cancellationToken);
    }

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
            return open;
        await CloseAsync();
        _connection = await BrokerConnections.OpenAsync(options.Value, cancellationToken);
        _channel = await _connection.CreateChannelAsync(Confirmed.Channels, cancellationToken);
        await DeclareAsync(_channel, cancellationToken);
        return _channel;
    }

    private async Task CloseAsync()
    {
        var (channel, connection) = (_channel, _connection);
        (_channel, _connection) = (null, null);
        if (channel is not null)
            await channel.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connection is not null)
            await connection.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
