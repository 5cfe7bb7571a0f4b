using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Claims;
using SparsePipeline.Infrastructure.Options;
using SparsePipeline.Infrastructure.Telemetry;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>Warm runner processes, started when they are first needed.</summary>
/// <remarks>
/// Small networks do not keep several threads busy, so the default is one runner of one thread per core. A job whose runner was killed
/// from outside is tried once more on a fresh one; a runner that died by itself would do it again.
/// </remarks>
internal sealed class RunnerPool(IOptions<RunnerOptions> options, RunnerStart start, ILogger<RunnerPool> logger) : IRunnerPool, IAsyncDisposable
{
    private static readonly TimeSpan SignInterval = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _slots = new(options.Value.Count ?? Environment.ProcessorCount);
    private readonly ConcurrentStack<RunnerProcess> _idle = new();
    private readonly ConcurrentDictionary<RunnerProcess, bool> _all = new();
    private readonly CancellationTokenSource _end = new();

    private bool IsEnding => _end.IsCancellationRequested;

    /// <inheritdoc />
    public async Task<TReply> RunAsync<TRequest, TReply>(
        string job, TRequest request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsEnding, this);
        var payload = RunnerProtocol.ToElement(request);
        await WaitForSlotAsync(cancellationToken);
        RunnerTelemetry.Busy(1);
        try
        {
            using var span = RunnerTelemetry.StartJob(job);
            return RunnerProtocol.FromElement<TReply>(await RunAsync(job, payload, progress, cancellationToken));
        }
        finally
        {
            RunnerTelemetry.Busy(-1);
            _slots.Release();
        }
    }

    /// <summary>Ends all runners, also those with jobs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_all.Keys.Select(runner => DiscardAsync(runner).AsTask()));
    }

    // Every job before it computes, reports, or is ended for its silence, so the wait for a slot is no standstill.
    private async Task WaitForSlotAsync(CancellationToken cancellationToken)
    {
        while (!await _slots.WaitAsync(SignInterval, cancellationToken))
            WorkPulse.Beat();
    }

    private async Task<JsonElement> RunAsync(
        string job, JsonElement request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(job, request, progress, cancellationToken);
            }
            catch (Exception exception) when (IsEnding)
            {
                // A runner that ends because its pool does says nothing about the job, and must not fail it for good.
                throw new OperationCanceledException($"The runners were stopped during '{job}'.", exception);
            }
            catch (RunnerDeath death) when (attempt > 1 || !death.CameFromOutside)
            {
                throw Crashed(job, death);
            }
            catch (RunnerDeath)
            {
                // Killed from outside: once more.
            }
        }
    }

    private async Task<JsonElement> RunOnceAsync(
        string job, JsonElement request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
    {
        var runner = await TakeAsync(cancellationToken);
        try
        {
            return await runner.RunAsync(job, request, progress, cancellationToken);
        }
        catch (RunnerDeath death)
        {
            logger.RunnerDied(runner.ProcessId, job, death.Message);
            RunnerTelemetry.Ended(RunnerTelemetry.Crashed);
            throw;
        }
        catch (RunnerSilentException silence)
        {
            logger.RunnerSilent(runner.ProcessId, silence.Message);
            RunnerTelemetry.Ended(RunnerTelemetry.Silent);
            throw;
        }
        catch (OperationCanceledException) when (!runner.IsAlive)
        {
            RunnerTelemetry.Ended(RunnerTelemetry.Killed);
            throw;
        }
        finally
        {
            await GiveBackAsync(runner);
        }
    }

    private async Task<RunnerProcess> TakeAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryPop(out var runner))
        {
            if (runner.IsAlive)
                return runner;
            await DiscardAsync(runner);
        }
        return await StartAsync(cancellationToken);
    }

    private async Task<RunnerProcess> StartAsync(CancellationToken cancellationToken)
    {
        using var wanted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        var started = await RunnerProcess.StartAsync(start.Create(), options.Value, logger, wanted.Token);
        _all[started] = true;
        RunnerTelemetry.Started();
        logger.RunnerReady(started.ProcessId);
        if (!IsEnding)
            return started;
        // It became ready beside the pool's end, which may not have seen it.
        await DiscardAsync(started);
        throw new OperationCanceledException(_end.Token);
    }

    private async ValueTask GiveBackAsync(RunnerProcess runner)
    {
        if (!runner.IsAlive || IsEnding)
        {
            await DiscardAsync(runner);
        }
        else if (runner.IsWornOut)
        {
            logger.RunnerWornOut(runner.ProcessId);
            RunnerTelemetry.Ended(RunnerTelemetry.WornOut);
            await DiscardAsync(runner);
        }
        else
        {
            _idle.Push(runner);
        }
    }

    private ValueTask DiscardAsync(RunnerProcess runner) => _all.TryRemove(runner, out _) ? runner.DisposeAsync() : ValueTask.CompletedTask;

    private static DomainException Crashed(string job, RunnerDeath death) => new(
        FailureCodes.RunnerCrashed, $"The job '{job}' ended its runner. {death.Message}",
        "If memory was short, lower Runners:Count. "
        + "Otherwise the native library refuses this input: look at the lines above, change the recipe or report them.");
}
