using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Runs;

/// <summary>Sweeps the active runs again and again, in one process at a time.</summary>
/// <remarks>
/// A sweep is followed by a rest of at least four times its own length, so that many runs make it rarer and not the store busier. The lease
/// is kept through sweep and rest: a successor would have to watch every claim anew before it may call one dead. It is not kept when the sweep
/// gets through no run for a while: what it waits for is left behind, and others get a lease's time to take its place.
/// </remarks>
public sealed class RunSweeper(
    RunSweep sweep, ForgottenRuns forgotten, SweepLease lease, SweepWatch watch, IOptions<RunFollowerOptions> options, IOptions<ClaimOptions> claims, TimeProvider time,
    ILogger<RunSweeper> log)
    : BackgroundService
{
    private const int RestPerSweep = 4;
    private const int RunsOfStandstill = 3;
    private const int MostSaid = 20;

    // What went wrong since the last sweep that came through.
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    private TimeSpan Least => TimeSpan.FromSeconds(options.Value.SweepSeconds);

    private TimeSpan Patience => TimeSpan.FromSeconds(options.Value.SweepPatienceSeconds);

    private TimeSpan Lease => TimeSpan.FromSeconds(claims.Value.LeaseSeconds);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        RunTelemetry.Watch(watch);
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Least;
            if (await TryAsync(token => lease.TryHoldAsync(token).WaitAsync(Patience, time, token), stoppingToken))
                wait = await SweepWhileHeldAsync(stoppingToken) ? Least : Lease + Least;
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // False when the sweep stood still.
    private async Task<bool> SweepWhileHeldAsync(CancellationToken stoppingToken)
    {
        log.Sweeping();
        bool lapsed;
        var beat = TimeSpan.FromSeconds(claims.Value.HeartbeatSeconds);
        await using (var held = new HeldClaim(BeatAsync, beat, Patience * RunsOfStandstill, time, stoppingToken))
        {
            while (!held.Token.IsCancellationRequested)
                await SweepOnceAsync(held);
            lapsed = held.HasLapsed;
        }
        if (lapsed)
            log.SweepStoodStill(RunsOfStandstill * Patience.TotalSeconds);
        RunTelemetry.Swept(active: 0);
        await TryAsync(ReleaseAsync, CancellationToken.None);
        return !lapsed;
    }

    private async Task SweepOnceAsync(HeldClaim held)
    {
        var start = time.GetTimestamp();
        if (await TryAsync(token => SweepAsync(held, token), held.Token))
        {
            watch.Finished();
            _said.Clear();
        }
        await TryAsync(token => CompareAsync(held, token), held.Token);
        await RestAsync(Rest(time.GetElapsedTime(start)), held);
    }

    // In pieces: to rest is no standstill.
    private async Task RestAsync(TimeSpan rest, HeldClaim held)
    {
        for (var left = rest; left > TimeSpan.Zero && !held.Token.IsCancellationRequested; left -= Patience)
        {
            held.Advance();
            await Task.Delay(left < Patience ? left : Patience, time, held.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        held.Advance();
    }

    private async Task<string?> BeatAsync(CancellationToken cancellationToken) =>
        await lease.TryHoldAsync(cancellationToken) ? null : "another process sweeps";

    private async Task<bool> SweepAsync(HeldClaim held, CancellationToken cancellationToken)
    {
        await sweep.SweepAsync(held.Advance, cancellationToken).WaitAsync(held.Abandoned);
        return true;
    }

    private async Task<bool> CompareAsync(HeldClaim held, CancellationToken cancellationToken)
    {
        await forgotten.LookAsync(held.Advance, cancellationToken).WaitAsync(held.Abandoned);
        return true;
    }

    private async Task<bool> ReleaseAsync(CancellationToken cancellationToken)
    {
        await lease.ReleaseAsync().WaitAsync(Patience, time, cancellationToken);
        return true;
    }

    private TimeSpan Rest(TimeSpan sweep) => sweep * RestPerSweep > Least ? sweep * RestPerSweep : Least;

    // Whatever happens to one sweep, the next one is the remedy.
    private async Task<bool> TryAsync(Func<CancellationToken, Task<bool>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await action(cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // The same trouble at every try is one line, also where a look that needs no store comes through in between.
            if (_said.Count < MostSaid && _said.Add(exception.Message))
                log.SweepFailed(exception.Message);
            return false;
        }
    }
}
