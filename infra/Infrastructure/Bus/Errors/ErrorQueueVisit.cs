using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SparsePipeline.Infrastructure.Bus.Errors;

/// <summary>One look through one queue. What is not acknowledged during the visit is back in the queue when it ends, also by a crash.</summary>
internal sealed class ErrorQueueVisit : IAsyncDisposable
{
    private const ushort NotFound = 404;
    private readonly IChannel _channel;
    private readonly string _queue;

    private ErrorQueueVisit(IChannel channel, string queue, long messages) => (_channel, _queue, Messages) = (channel, queue, messages);

    /// <summary>Messages at the beginning of the visit.</summary>
    public long Messages { get; }

    /// <summary>Begins a visit; null when there is no such queue.</summary>
    public static async Task<ErrorQueueVisit?> BeginAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(Confirmed.Channels, cancellationToken);
        try
        {
            var declared = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return new ErrorQueueVisit(channel, queue, declared.MessageCount);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
        {
            await channel.DisposeAsync();
            return null;
        }
    }

    /// <summary>The next message; null when there is none.</summary>
    public Task<BasicGetResult?> NextAsync(CancellationToken cancellationToken) =>
        _channel.BasicGetAsync(_queue, autoAck: false, cancellationToken);

    /// <summary>Takes the message out of the queue for good.</summary>
    public ValueTask RemoveAsync(BasicGetResult message, CancellationToken cancellationToken) =>
        _channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);

    /// <summary>Gives the message to an endpoint as it was before it failed, and then takes it out of this queue.</summary>
    /// <exception cref="IOException">No such endpoint, or the broker did not take the message, which stays here.</exception>
    public async Task SendBackAsync(BasicGetResult message, string endpoint, CancellationToken cancellationToken)
    {
        try
        {
            await Confirmed.PublishAsync(_channel, endpoint, routingKey: "", message.BasicProperties.BeforeFailure(), message.Body, cancellationToken);
        }
        catch (Exception error) when (error is PublishException or OperationInterruptedException)
        {
            throw new IOException(
                $"The broker did not take the message for '{endpoint}', so it stays in '{_queue}': {error.Message} "
                + "`sparsepipe topology` declares missing queues.", error);
        }
        await RemoveAsync(message, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // In one step and in order, so that whoever looks next finds everything.
        if (_channel.IsOpen)
            await _channel.BasicNackAsync(deliveryTag: 0, multiple: true, requeue: true);
        await _channel.DisposeAsync();
    }
}
