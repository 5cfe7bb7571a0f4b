using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Bus.Errors;

namespace SparsePipeline.Infrastructure.Bus.Ingest;

/// <summary>Reads <see cref="IngestTopology.Queue"/>. A message leaves it when it was taken in, or when the error queue has it: a crash in between may double it and never loses it.</summary>
/// <remarks>Without MassTransit: what comes is no envelope of ours.</remarks>
public sealed class IngestQueue(IOptions<RabbitMqOptions> options, TimeProvider time, ILogger<IngestQueue> log)
{
    private const ushort Prefetch = 32;
    private const ushort AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // Giving a message back counts as a delivery, of which there are few; the broker itself waits longer than this for an answer.
    private static readonly TimeSpan OutagePatience = TimeSpan.FromMinutes(10);

    private static readonly CreateChannelOptions ChannelOptions = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, consumerDispatchConcurrency: AtOnce);

    /// <summary>Reads until it is stopped, and connects again whenever the broker was away.</summary>
    /// <param name="take">Takes a message in, durably; returns null then, or why it never can be.</param>
    /// <param name="cancellationToken">Stops; what is not answered is delivered again.</param>
    public async Task ReadAsync(Func<IngestMessage, CancellationToken, Task<string?>> take, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReadUntilClosedAsync(take, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                log.IngestRests(exception.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadUntilClosedAsync(Func<IngestMessage, CancellationToken, Task<string?>> take, CancellationToken cancellationToken)
    {
        await using var connection = await BrokerConnections.OpenAsync(options.Value, cancellationToken);
        await IngestTopology.EnsureAsync(connection, cancellationToken);
        await using var channel = await connection.CreateChannelAsync(ChannelOptions, cancellationToken);
        await channel.BasicQosAsync(prefetchSize: 0, Prefetch, global: false, cancellationToken);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) => Close();
        var consumer = new AsyncEventingBasicConsumer(channel);
        // The queue was deleted, or its leader has gone.
        consumer.UnregisteredAsync += (_, _) => Close();
        consumer.ReceivedAsync += (_, delivery) => HandleAsync(channel, delivery, take, cancellationToken);
        await channel.BasicConsumeAsync(IngestTopology.Queue, autoAck: false, consumer, cancellationToken);
        log.IngestReads(IngestTopology.Queue);
        await closed.Task.WaitAsync(cancellationToken);

        Task Close()
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        }
    }

    // Whatever escaped from here would be lost in the client.
    private async Task HandleAsync(IChannel channel, BasicDeliverEventArgs delivery, Func<IngestMessage, CancellationToken, Task<string?>> take, CancellationToken cancellationToken)
    {
        try
        {
            var properties = delivery.BasicProperties;
            var headers = (properties.Headers?.Keys ?? []).Select(name => (name, Text: properties.Text(name))).Where(h => h.Text is not null).ToDictionary(h => h.name, h => h.Text!, StringComparer.Ordinal);
            var message = new IngestMessage(properties.ContentType, headers, delivery.Body.ToArray());
            if (await TakeAsync(() => take(message, cancellationToken), cancellationToken) is { } reason)
                await Confirmed.PublishAsync(channel, IngestTopology.ErrorQueue, routingKey: "", Failed(properties, reason), message.Body, cancellationToken);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Delivered again, to whoever is there.
        }
        catch (Exception exception)
        {
            log.IngestGivesBack(exception.Message);
            await GiveBackAsync(channel, delivery.DeliveryTag);
        }
    }

    private async Task<string?> TakeAsync(Func<Task<string?>> take, CancellationToken cancellationToken)
    {
        for (var begun = time.GetTimestamp(); ;)
        {
            try
            {
                return await take();
            }
            catch (StoreUnavailableException away) when (time.GetElapsedTime(begun) < OutagePatience)
            {
                log.IngestRests(away.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private static async Task GiveBackAsync(IChannel channel, ulong tag)
    {
        try
        {
            await channel.BasicNackAsync(tag, multiple: false, requeue: true);
        }
        catch (Exception) when (!channel.IsOpen)
        {
            // The broker has taken it back itself.
        }
    }

    private BasicProperties Failed(IReadOnlyBasicProperties properties, string reason) => new(properties)
    {
        Persistent = true,
        Headers = new Dictionary<string, object?>(properties.Headers ?? new Dictionary<string, object?>(), StringComparer.Ordinal)
        {
            [MessageHeaders.Message] = reason,
            [MessageHeaders.Timestamp] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
            [MessageHeaders.Host] = Environment.MachineName,
        },
    };
}
