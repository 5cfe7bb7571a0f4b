using System.Runtime.CompilerServices;
using SparsePipeline.Cli.Pipelines;
using SparsePipeline.Infrastructure.Bus;

namespace SparsePipeline.Cli.Doctor;

/// <summary>Can services work with the broker, and are they there?</summary>
internal static class BrokerCheck
{
    /// <summary>Connects, sends itself a message, and looks for the queues of every worker and for who listens to them.</summary>
    public static async IAsyncEnumerable<Finding> RunAsync(RabbitMqOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (broker, connection) = await ConnectAsync(options, cancellationToken);
        yield return connection;
        if (broker is null)
            yield break;
        await using (broker)
        {
            yield return await PermissionsAsync(broker, options, cancellationToken);
            foreach (var (worker, queues) in WorkerQueues.All)
                yield return await WorkerAsync(broker, worker, queues, cancellationToken);
        }
    }

    private static async Task<(BrokerProbe? Broker, Finding Finding)> ConnectAsync(RabbitMqOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var broker = await BrokerProbe.ConnectAsync(options, cancellationToken);
            var place = $"{options.Host}:{options.Port}/{options.VirtualHost} as {options.Username}{(options.Tls ? ", encrypted" : "")}";
            return (broker, new Finding("broker", IsGood: true, $"{broker.Server} at {place}", ""));
        }
        catch (BrokerUnavailableException refused)
        {
            return (null, new Finding("broker", IsGood: false, refused.Reason, refused.Remedy));
        }
        catch (IOException unreadable)
        {
            return (null, new Finding("broker", IsGood: false, unreadable.Message, "Check RabbitMq:PasswordFile."));
        }
    }

    private static async Task<Finding> PermissionsAsync(BrokerProbe broker, RabbitMqOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await broker.EchoAsync(cancellationToken);
            return new("broker permissions", IsGood: true, $"{options.Username} may declare, write and read", "");
        }
        catch (BrokerUnavailableException refused)
        {
            return new("broker permissions", IsGood: false, refused.Reason, refused.Remedy);
        }
    }

    private static async Task<Finding> WorkerAsync(BrokerProbe broker, string worker, string[] queues, CancellationToken cancellationToken)
    {
        var consumers = uint.MaxValue;
        foreach (var queue in queues)
        {
            if (await broker.ConsumersAsync(queue, cancellationToken) is not { } listening)
                return new(worker, IsGood: false, $"there is no queue {queue}", "`sparsepipe topology` declares all queues; start a " + worker + " then.");
            consumers = Math.Min(consumers, listening);
        }

        return new(worker, consumers > 0, $"{consumers} at {string.Join(" and ", queues)}", $"Start a {worker}: runs wait for one.");
    }
}
