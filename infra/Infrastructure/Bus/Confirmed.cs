using RabbitMQ.Client;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Messages over a channel without MassTransit; the client waits for their confirmation without a bound of its own.</summary>
internal static class Confirmed
{
    /// <summary>How channels are made on which messages are confirmed.</summary>
    public static readonly CreateChannelOptions Channels = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Publishes, and returns when the broker has the message; one that reaches no queue is an error.</summary>
    /// <param name="channel">Has confirmations tracked.</param>
    /// <param name="exchange">Where to.</param>
    /// <param name="routingKey">The queue when <paramref name="exchange"/> is empty.</param>
    /// <param name="properties">Go with it.</param>
    /// <param name="body">The message.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <exception cref="BusSilentException">The broker did not confirm it in time.</exception>
    public static async Task PublishAsync(
        IChannel channel, string exchange, string routingKey, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await channel.BasicPublishAsync(exchange, routingKey, mandatory: true, properties, body, either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BusSilentException($"a message for '{exchange}{routingKey}'", Patience.TotalSeconds, exception);
        }
    }
}
