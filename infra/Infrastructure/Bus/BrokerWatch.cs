using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Says in one line when the broker goes away and when it is back; each queue of a process notices for itself, again and again.</summary>
internal sealed class BrokerWatch(IOptions<RabbitMqOptions> options, TimeProvider time, ILogger<BrokerWatch> log) : IReceiveEndpointObserver
{
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private string? _reason;
    private DateTimeOffset _said;

    public Task Ready(ReceiveEndpointReady ready)
    {
        lock (_gate)
        {
            if (_reason is not null)
                log.BrokerIsBack(options.Value.Host, options.Value.Port);
            _reason = null;
        }
        return Task.CompletedTask;
    }

    public Task Faulted(ReceiveEndpointFaulted faulted)
    {
        var reason = faulted.Exception is { } error ? BrokerErrors.OfConnection(options.Value, error).Message : "The broker is away.";
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (_reason == reason && now - _said < Reminder)
                return Task.CompletedTask;
            (_reason, _said) = (reason, now);
        }
        log.BrokerIsAway(reason);
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;
}
