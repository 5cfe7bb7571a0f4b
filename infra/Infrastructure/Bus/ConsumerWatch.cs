using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>
/// Asks the broker whether anybody listens to the queues of this process, and ends the host when nobody does, so that it is built anew.
/// </summary>
/// <remarks>
/// A consumer can be lost while its connection comes back after a broker's crash: the bus believes it listens, its health says so, and the
/// queue fills (seen in the crash suite, docs/reliability.md). Only the broker knows. Where another replica listens nothing is stuck, so a
/// queue with any consumer is left alone. Two looks in a row, because a consumer that is being made anew is missing for a moment.
/// </remarks>
public sealed class ConsumerWatch(
    Func<IReadOnlyCollection<string>> queues, Confirmations confirmations, IOptions<RabbitMqOptions> options, IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ConsumerWatch> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenMuteBuses = TimeSpan.FromMinutes(10);
    private static long _muteSince;
    private IReadOnlySet<string> _suspects = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether the host was stopped because its bus is not what it says it is: it must be built anew.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>Looks once; true when a queue had no consumer twice in a row.</summary>
    internal async Task<bool> IsDeafAsync(CancellationToken cancellationToken)
    {
        var silent = await SilentAsync(cancellationToken);
        var deaf = silent.Where(_suspects.Contains).Order(StringComparer.Ordinal).ToList();
        _suspects = silent;
        if (deaf.Count > 0)
            log.ConsumersLost(string.Join(", ", deaf));
        return deaf.Count > 0;
    }

    /// <summary>Whether the broker confirms nothing although the bus says it is well; a bus built anew for that is given time.</summary>
    /// <remarks>A broker that is out of memory or disk confirms nothing either, and to hand steps over every minute would help nobody.</remarks>
    internal bool IsMute()
    {
        if (!confirmations.AreMissing || queues().Count == 0 || (_muteSince != 0 && time.GetElapsedTime(_muteSince) < BetweenMuteBuses))
            return false;
        _muteSince = time.GetTimestamp();
        log.ConfirmationsMissing();
        return true;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!await IsDeafAsync(stoppingToken) && !IsMute())
                continue;
            HasGivenUp = true;
            lifetime.StopApplication();
            return;
        }
    }

    /// <summary>The durable queues a bus says it listens to.</summary>
    internal static IReadOnlyCollection<string> QueuesOf(IBusControl bus)
    {
        var health = bus.CheckHealth();
        return health.Status == BusHealthStatus.Healthy
            ? [.. health.Endpoints.Values.Select(e => e.InputAddress.AbsolutePath.Split('/')[^1]).Where(EndpointNames.All.Contains)]
            : [];
    }

    // A broker that is away, refuses or says nothing is the business of whoever connects; here it means that nothing is known.
    private async Task<HashSet<string>> SilentAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new(StringComparer.Ordinal);
        }
    }

    private async Task<HashSet<string>> AskAsync(CancellationToken cancellationToken)
    {
        var silent = new HashSet<string>(StringComparer.Ordinal);
        await using var probe = await BrokerProbe.ConnectAsync(options.Value, cancellationToken);
        foreach (var queue in queues())
        {
            if (await probe.ConsumersAsync(queue, cancellationToken) is null or 0)
                silent.Add(queue);
        }
        return silent;
    }
}
