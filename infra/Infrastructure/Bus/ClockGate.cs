using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Bus;

/// <summary>Takes nothing from the queues while this machine's clock is wrong, so that commands go to workers that can obey them.</summary>
/// <remarks>What is in hand goes on or waits; the queues are listened to again when the clock is right, without anybody's help.</remarks>
internal sealed class ClockGate(IObjectStore store, StoreClock clock, IOptions<StoreOptions> options, TimeProvider time, ILogger<ClockGate> log) :
    BackgroundService, IReceiveEndpointObserver
{
    private const string Nothing = "health.json";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Uri, IReceiveEndpoint> _endpoints = new();
    private Task? _stopping;

    /// <summary>Whether nothing is taken from the queues now, and for a reason.</summary>
    public bool IsClosed => _stopping is not null;

    /// <inheritdoc />
    public Task Ready(ReceiveEndpointReady ready)
    {
        _endpoints[ready.InputAddress] = ready.ReceiveEndpoint;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Kind != StoreOptions.InS3)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await AskAsync(stoppingToken);
            if (clock.Problem is { } problem)
                Close(problem);
            else
                await OpenAsync(stoppingToken);
        }
    }

    // Its answer says what time it is there, whatever else it says.
    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ReadAsync(Nothing, cancellationToken).WaitAsync(Interval, time, cancellationToken);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or TimeoutException)
        {
            // Who needs the store says so.
        }
    }

    private void Close(string problem)
    {
        if (_stopping is not null)
            return;
        log.ClockIsWrong(problem);
        _stopping = Task.WhenAll(_endpoints.Values.Select(endpoint => endpoint.Stop(CancellationToken.None)));
    }

    // Stopped when the last command in hand is done: until then an endpoint cannot be started again.
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_stopping is null)
            return;
        await _stopping.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        _stopping = null;
        log.ClockIsRight();
        foreach (var endpoint in _endpoints.Values)
            endpoint.Start(CancellationToken.None);
    }
}
