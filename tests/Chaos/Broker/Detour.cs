using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SparsePipeline.Chaos.Broker;

/// <summary>
/// Stands between an exchange and its queue for a while: messages are led to a queue of its own, from there to where they belong,
/// doubled, late or in another order. None is lost: a message is acknowledged here when it has arrived there.
/// </summary>
internal sealed class Detour(ConnectionFactory broker, string queue, DetourMode mode, Random random)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
    private readonly string _aside = "detour-" + queue;

    /// <summary>Messages that came this way.</summary>
    public int Messages { get; private set; }

    /// <summary>Leads messages aside for some time and cleans up after itself, also when the broker dies meanwhile.</summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var end = DateTime.UtcNow + duration;
        while (!await TryRunAsync(end, cancellationToken))
            await Task.Delay(Again, cancellationToken);
    }

    private async Task<bool> TryRunAsync(DateTime end, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await broker.CreateConnectionAsync(cancellationToken);
            await using var channel = await connection.CreateChannelAsync(Confirmed, cancellationToken);
            await channel.QueueDeclareAsync(_aside, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
            if (DateTime.UtcNow < end)
                await LeadAsideAsync(channel, end, cancellationToken);
            await LeadBackAsync(channel, cancellationToken);
            return true;
        }
        catch (Exception failure) when (failure is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or IOException)
        {
            return false;
        }
    }

    // The new way opens before the old one closes: a message may take both, none gets lost.
    private async Task LeadAsideAsync(IChannel channel, DateTime end, CancellationToken cancellationToken)
    {
        await channel.QueueBindAsync(_aside, queue, routingKey: "", cancellationToken: cancellationToken);
        await channel.QueueUnbindAsync(queue, queue, routingKey: "", cancellationToken: cancellationToken);
        while (DateTime.UtcNow < end)
            await PassAsync(channel, await GatherAsync(channel, end, cancellationToken), cancellationToken);
    }

    private async Task LeadBackAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.QueueBindAsync(queue, queue, routingKey: "", cancellationToken: cancellationToken);
        await channel.QueueUnbindAsync(_aside, queue, routingKey: "", cancellationToken: cancellationToken);
        while (await channel.BasicGetAsync(_aside, autoAck: false, cancellationToken) is { } message)
            await PassAsync(channel, message, copies: 1, cancellationToken);
        await channel.QueueDeleteAsync(_aside, cancellationToken: cancellationToken);
    }

    // What comes within the window; a delay holds the whole window back.
    private async Task<List<BasicGetResult>> GatherAsync(IChannel channel, DateTime end, CancellationToken cancellationToken)
    {
        var window = mode switch { DetourMode.Double => 0.1, DetourMode.Delay => 3 * random.NextDouble(), _ => 1 };
        var until = DateTime.UtcNow.AddSeconds(window);
        var messages = new List<BasicGetResult>();
        while (DateTime.UtcNow < until && DateTime.UtcNow < end)
        {
            if (await channel.BasicGetAsync(_aside, autoAck: false, cancellationToken) is { } message)
                messages.Add(message);
            else
                await Task.Delay(Poll, cancellationToken);
        }
        return messages;
    }

    private async Task PassAsync(IChannel channel, List<BasicGetResult> messages, CancellationToken cancellationToken)
    {
        var order = messages.ToArray();
        if (mode != DetourMode.Delay)
            random.Shuffle(order);
        foreach (var message in order)
            await PassAsync(channel, message, mode == DetourMode.Double ? random.Next(2, 5) : 1, cancellationToken);
    }

    private async Task PassAsync(IChannel channel, BasicGetResult message, int copies, CancellationToken cancellationToken)
    {
        for (var copy = 0; copy < copies; copy++)
            await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties(message.BasicProperties), message.Body, cancellationToken);
        await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
        Messages++;
    }
}
