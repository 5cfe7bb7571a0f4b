using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SparsePipeline.Contracts;
using SparsePipeline.Infrastructure.Artifacts;
using SparsePipeline.Infrastructure.Options;

namespace SparsePipeline.Infrastructure.Runners;

/// <summary>One runner process with at most one job.</summary>
internal sealed class RunnerProcess : IAsyncDisposable
{
    private readonly RunnerPipe _pipe;
    private readonly RunnerOptions _options;
    private long _jobs;
    private long _residentBytes;

    private RunnerProcess(RunnerPipe pipe, RunnerOptions options)
    {
        _pipe = pipe;
        _options = options;
    }

    public int ProcessId => _pipe.ProcessId;

    private TimeSpan Silence => TimeSpan.FromSeconds(_options.SilenceSeconds);

    /// <summary>False when the process has ended or is about to.</summary>
    public bool IsAlive => _pipe.IsAlive;

    /// <summary>True when it has done its share or has grown too large.</summary>
    public bool IsWornOut => _jobs >= _options.MaxJobs || _residentBytes > _options.MaxMegabytes * 1024L * 1024L;

    /// <summary>Starts a runner and waits until it is ready.</summary>
    public static async Task<RunnerProcess> StartAsync(
        ProcessStartInfo start, RunnerOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var runner = new RunnerProcess(new RunnerPipe(start, logger), options);
        try
        {
            await runner.ShakeHandsAsync(cancellationToken);
            return runner;
        }
        catch
        {
            runner._pipe.Kill();
            await runner.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Runs one job; throws <see cref="RunnerDeath"/> when the process ends before the job does, <see cref="RunnerSilentException"/> when the
    /// job was stuck and the process had to be killed.
    /// </summary>
    public async Task<JsonElement> RunAsync(
        string job, JsonElement request, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _pipe.Speaker = ExecutionContext.Capture();
        return await RunAsync(new RunnerCommand(RunnerCommand.Run, ++_jobs, job, request, Activity.Current?.Id), progress, cancellationToken);
    }

    public ValueTask DisposeAsync() => _pipe.DisposeAsync();

    private async Task<JsonElement> RunAsync(RunnerCommand command, IProgress<RunnerProgress>? progress, CancellationToken cancellationToken)
    {
        using var killer = new CancellationTokenSource();
        await using var kill = killer.Token.Register(_pipe.Kill);
        await using var cancellation = cancellationToken.Register(() =>
        {
            killer.CancelAfter(TimeSpan.FromSeconds(_options.GraceSeconds));
            _pipe.Send(new RunnerCommand(RunnerCommand.Cancel, command.Id));
        });
        var stuck = false;
        await using var watch = new SilenceWatch(Silence, () => _pipe.Computed, TimeProvider.System, () => { stuck = true; killer.Cancel(); });
        // Watched from the start: a runner that does not read holds up whoever writes to it.
        _pipe.Send(command);
        while (await _pipe.ReadAsync(CancellationToken.None) is { } message)
        {
            watch.Heard();
            if (message.Id != command.Id)
                continue;
            if (message.Type != RunnerEvent.Progressed)
                return Conclude(command.Job!, message, cancellationToken);
            progress?.Report(message.Progress!);
        }
        cancellationToken.ThrowIfCancellationRequested();
        throw stuck ? new RunnerSilentException(command.Job!, Silence, _pipe.LastWords) : await _pipe.ExplainDeathAsync();
    }

    private async Task ShakeHandsAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(_options.StartSeconds));
        try
        {
            var greeting = await _pipe.ReadAsync(patience.Token);
            if (greeting is null)
                throw new RunnerUnavailableException($"The runner ended at its start. {(await _pipe.ExplainDeathAsync()).Message}");
            if (greeting is not { Type: RunnerEvent.Ready, Version: RunnerProtocol.Version })
            {
                throw new RunnerUnavailableException(
                    $"The runner speaks protocol {greeting.Version}, this program {RunnerProtocol.Version}: take both from one build.");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RunnerUnavailableException(
                $"The runner was not ready after {_options.StartSeconds} s (Runners:StartSeconds). It last printed: {_pipe.LastWords}");
        }
    }

    private JsonElement Conclude(string job, RunnerEvent message, CancellationToken cancellationToken)
    {
        _residentBytes = message.ResidentBytes ?? 0;
        return message.Type switch
        {
            RunnerEvent.Done => message.Reply!.Value,
            RunnerEvent.Failed => throw new DomainException(message.Failure!.Code, message.Failure.Reason, message.Failure.Remedy),
            RunnerEvent.Unavailable => throw Unavailable(job, message),
            RunnerEvent.Cancelled => throw new OperationCanceledException(cancellationToken),
            _ => throw new RunnerJobException(job, message.Error ?? message.Type),
        };
    }

    private static StoreUnavailableException Unavailable(string job, RunnerEvent message) =>
        new($"The runner of '{job}' could not use its store.", message.Error!, new RunnerJobException(job, message.Error!)) { FullDisk = message.FullDisk };
}
