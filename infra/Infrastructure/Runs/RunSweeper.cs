using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Steps;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Sweeps the active runs again and again, in one process at a time.</summary>
/// <remarks>
/// A sweep is followed by a rest of at least four times its own length, so that many runs make it rarer and not the store busier. The lease
/// is kept through sweep and rest: a successor would have to watch every claim anew before it may call one dead.
/// </remarks>
public sealed class RunSweeper(
    RunSweep sweep, SweepLease lease, IOptions<RunFollowerOptions> options, IOptions<ClaimOptions> claims, TimeProvider time, ILogger<RunSweeper> log)
    : BackgroundService
{
    private const int RestPerSweep = 4;

    private TimeSpan Least => TimeSpan.FromSeconds(options.Value.SweepSeconds);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await TryAsync(() => lease.TryHoldAsync(stoppingToken), stoppingToken))
                await SweepWhileHeldAsync(stoppingToken);
            await Task.Delay(Least, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SweepWhileHeldAsync(CancellationToken stoppingToken)
    {
        log.Sweeping();
        await using (var held = new HeldClaim(BeatAsync, TimeSpan.FromSeconds(claims.Value.HeartbeatSeconds), time, stoppingToken))
        {
            while (!held.Token.IsCancellationRequested)
            {
                var start = time.GetTimestamp();
                await TryAsync(() => SweepAsync(held.Token), held.Token);
                await Task.Delay(Rest(time.GetElapsedTime(start)), time, held.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        RunTelemetry.Swept(active: 0);
        await TryAsync(ReleaseAsync, CancellationToken.None);
    }

    private async Task<string?> BeatAsync(CancellationToken cancellationToken) =>
        await lease.TryHoldAsync(cancellationToken) ? null : "another process sweeps";

    private async Task<bool> SweepAsync(CancellationToken cancellationToken)
    {
        await sweep.SweepAsync(cancellationToken);
        return true;
    }

    private async Task<bool> ReleaseAsync()
    {
        await lease.ReleaseAsync();
        return true;
    }

    private TimeSpan Rest(TimeSpan sweep) => sweep * RestPerSweep > Least ? sweep * RestPerSweep : Least;

    // Whatever happens to one sweep, the next one is the remedy.
    private async Task<bool> TryAsync(Func<Task<bool>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            log.SweepFailed(exception.Message);
            return false;
        }
    }
}
