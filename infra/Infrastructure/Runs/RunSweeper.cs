using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Sweeps the active runs again and again, in one process at a time.</summary>
/// <remarks>A sweep is followed by a rest of at least four times its own length, so that many runs make it rarer and not the store busier.</remarks>
public sealed class RunSweeper(RunSweep sweep, SweepLease lease, IOptions<RunFollowerOptions> options, TimeProvider time, ILogger<RunSweeper> log)
    : BackgroundService
{
    private const int RestPerSweep = 4;
    private bool _active;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var start = time.GetTimestamp();
                await TrySweepAsync(stoppingToken);
                await Task.Delay(Rest(time.GetElapsedTime(start)), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await StandDownAsync();
        }
    }

    private TimeSpan Rest(TimeSpan sweep)
    {
        var least = TimeSpan.FromSeconds(options.Value.SweepSeconds);
        return sweep * RestPerSweep > least ? sweep * RestPerSweep : least;
    }

    private async Task TrySweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            var active = await lease.TryHoldAsync(stoppingToken);
            if (active && !_active)
                log.Sweeping();
            else if (_active && !active)
                RunTelemetry.Swept(active: 0);
            _active = active;
            if (active)
                await sweep.SweepAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            log.SweepFailed(exception.Message);
        }
    }

    private async Task StandDownAsync()
    {
        try
        {
            if (_active)
                await lease.ReleaseAsync();
        }
        catch (Exception exception)
        {
            log.SweepFailed(exception.Message);
        }
    }
}
